/// Operations on layers and their uploads.
@NullMarked
package entrepot.operation.layer;

import org.jspecify.annotations.NullMarked;
