/// Real clients against a registry that is known by its URL and a credentials file only.
@NullMarked
package entrepot.acceptance;

import org.jspecify.annotations.NullMarked;
