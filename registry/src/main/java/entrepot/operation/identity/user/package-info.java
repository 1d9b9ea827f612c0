/// The operations of IAM on users.
@NullMarked
package entrepot.operation.identity.user;

import org.jspecify.annotations.NullMarked;
