/// Makes of a registry what a seed says, as its root's client.
@NullMarked
package entrepot.seed;

import org.jspecify.annotations.NullMarked;
