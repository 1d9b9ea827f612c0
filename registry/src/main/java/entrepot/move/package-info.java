/// A registry goes from one shape of stores into another.
@NullMarked
package entrepot.move;

import org.jspecify.annotations.NullMarked;
