/// The running registry: everything made once and put together.
@NullMarked
package entrepot.server;

import org.jspecify.annotations.NullMarked;
