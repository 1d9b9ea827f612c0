/// Operations on the grants of keys.
@NullMarked
package entrepot.operation.key.grant;

import org.jspecify.annotations.NullMarked;
