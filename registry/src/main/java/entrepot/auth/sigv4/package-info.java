/// AWS Signature Version 4, verified.
@NullMarked
package entrepot.auth.sigv4;

import org.jspecify.annotations.NullMarked;
