/// Where the program begins.
@NullMarked
package entrepot;

import org.jspecify.annotations.NullMarked;
