/// Secrets as they lie on the disk: sealed by the server's own key.
@NullMarked
package entrepot.store.seal;

import org.jspecify.annotations.NullMarked;
