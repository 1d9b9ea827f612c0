/// Registry tokens and signed blob links.
@NullMarked
package entrepot.auth.token;

import org.jspecify.annotations.NullMarked;
