/// HTTP/1.1 as a client speaks it to servers that nobody vouches for: what is connected to is what was checked, and
/// nothing that comes back is taken without a bound (docs/decisions/0044-upstream.md).
@NullMarked
package entrepot.upstream.wire;

import org.jspecify.annotations.NullMarked;
