/// Keys of AWS KMS, or of what speaks as it does.
@NullMarked
package entrepot.store.awskms;

import org.jspecify.annotations.NullMarked;
