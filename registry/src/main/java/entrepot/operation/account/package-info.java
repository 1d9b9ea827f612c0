/// Operations on a registry as a whole.
@NullMarked
package entrepot.operation.account;

import org.jspecify.annotations.NullMarked;
