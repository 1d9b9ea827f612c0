/// Operations that encrypt and decrypt.
@NullMarked
package entrepot.operation.key.cryptography;

import org.jspecify.annotations.NullMarked;
