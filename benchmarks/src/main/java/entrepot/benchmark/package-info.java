/// Measures the server from outside, beside its peers, over plain sockets.
@NullMarked
package entrepot.benchmark;

import org.jspecify.annotations.NullMarked;
