/// Lifecycle policies, and what they do to a repository's images: pure functions, which read and change nothing.
@NullMarked
package entrepot.lifecycle;

import org.jspecify.annotations.NullMarked;
