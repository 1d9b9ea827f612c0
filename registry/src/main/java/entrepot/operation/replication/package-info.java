/// Operations on what registries replicate to others.
@NullMarked
package entrepot.operation.replication;

import org.jspecify.annotations.NullMarked;
