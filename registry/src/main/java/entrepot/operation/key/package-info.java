/// The key service: what its operations share.
@NullMarked
package entrepot.operation.key;

import org.jspecify.annotations.NullMarked;
