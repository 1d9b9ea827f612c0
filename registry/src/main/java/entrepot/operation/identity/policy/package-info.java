/// The operations of IAM on policies.
@NullMarked
package entrepot.operation.identity.policy;

import org.jspecify.annotations.NullMarked;
