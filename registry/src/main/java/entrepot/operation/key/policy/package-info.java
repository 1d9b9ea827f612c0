/// Operations on the policies of keys.
@NullMarked
package entrepot.operation.key.policy;

import org.jspecify.annotations.NullMarked;
