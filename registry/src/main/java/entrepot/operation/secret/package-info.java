/// Operations of Secrets Manager, and what they share.
@NullMarked
package entrepot.operation.secret;

import org.jspecify.annotations.NullMarked;
