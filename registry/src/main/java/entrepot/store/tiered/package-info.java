/// Bytes in two places.
@NullMarked
package entrepot.store.tiered;

import org.jspecify.annotations.NullMarked;
