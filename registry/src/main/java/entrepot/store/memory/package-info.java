/// Blobs in memory, for unit tests.
@NullMarked
package entrepot.store.memory;

import org.jspecify.annotations.NullMarked;
