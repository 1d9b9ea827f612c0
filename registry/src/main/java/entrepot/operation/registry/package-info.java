/// Operations on a registry as a whole.
@NullMarked
package entrepot.operation.registry;

import org.jspecify.annotations.NullMarked;
