package entrepot.http.vertx;

import entrepot.http.HttpHandler;
import java.util.concurrent.Executor;

/// What all connections of a server share.
///
/// @param executor runs the handler of each request
record Serving(
        HttpSettings settings, HttpHandler handler, Executor executor, OpenConnections connections, BodyBytes bodies) {

    static Serving of(HttpSettings settings, HttpHandler handler, Executor executor) {
        var together = settings.limits().together();
        return new Serving(
                settings, handler, executor, new OpenConnections(together), new BodyBytes(together.bodyBytes()));
    }
}
