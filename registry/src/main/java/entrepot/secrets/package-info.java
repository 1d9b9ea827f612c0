/// Secrets Manager's own words in its JSON API.
@NullMarked
package entrepot.secrets;

import org.jspecify.annotations.NullMarked;
