/// Operations on keys: how they come to be, what is said of them, how they rotate and go.
@NullMarked
package entrepot.operation.key.lifecycle;

import org.jspecify.annotations.NullMarked;
