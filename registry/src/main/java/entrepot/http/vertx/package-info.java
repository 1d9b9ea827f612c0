/// The HTTP server over Vert.x and Netty, which no other package names.
@NullMarked
package entrepot.http.vertx;

import org.jspecify.annotations.NullMarked;
