/// What makes accounts, users and keys without a caller.
@NullMarked
package entrepot.provision;

import org.jspecify.annotations.NullMarked;
