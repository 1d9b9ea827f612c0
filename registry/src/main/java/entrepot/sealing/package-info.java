/// Bytes as they lie where they can be read by others: sealed under data keys that a key service wraps.
@NullMarked
package entrepot.sealing;

import org.jspecify.annotations.NullMarked;
