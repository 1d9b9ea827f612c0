@NullMarked
package entrepot.testing;

import org.jspecify.annotations.NullMarked;
