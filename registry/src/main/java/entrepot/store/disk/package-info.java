/// Blobs as files.
@NullMarked
package entrepot.store.disk;

import org.jspecify.annotations.NullMarked;
