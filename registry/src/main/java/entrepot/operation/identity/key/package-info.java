/// The operations of IAM on access keys.
@NullMarked
package entrepot.operation.identity.key;

import org.jspecify.annotations.NullMarked;
