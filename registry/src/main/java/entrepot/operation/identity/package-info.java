/// Operations of IAM and STS on accounts, users, keys and policies.
@NullMarked
package entrepot.operation.identity;

import org.jspecify.annotations.NullMarked;
