/// Who is asking, and may they.
@NullMarked
package entrepot.auth;

import org.jspecify.annotations.NullMarked;
