/// KMS's own words in its JSON API.
@NullMarked
package entrepot.kms;

import org.jspecify.annotations.NullMarked;
