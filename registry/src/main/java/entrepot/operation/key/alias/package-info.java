/// Operations on the names of keys.
@NullMarked
package entrepot.operation.key.alias;

import org.jspecify.annotations.NullMarked;
