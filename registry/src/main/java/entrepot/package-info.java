/// Builds the graph of objects, starts it and stops it.
@NullMarked
package entrepot;

import org.jspecify.annotations.NullMarked;
