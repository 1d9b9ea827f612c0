/// The operations of STS.
@NullMarked
package entrepot.operation.identity.session;

import org.jspecify.annotations.NullMarked;
