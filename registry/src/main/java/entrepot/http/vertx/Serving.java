package entrepot.http.vertx;

import entrepot.http.HttpHandler;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// What all connections of a server share.
///
/// @param executor runs the handler of each request
/// @param draining whether connections end with their next answer
record Serving(
        HttpSettings settings,
        HttpHandler handler,
        Executor executor,
        OpenConnections connections,
        BodyBytes bodies,
        BooleanSupplier draining) {

    static Serving of(HttpSettings settings, HttpHandler handler, Executor executor, BooleanSupplier draining) {
        var together = settings.limits().together();
        return new Serving(
                settings,
                handler,
                executor,
                new OpenConnections(together),
                new BodyBytes(together.bodyBytes()),
                draining);
    }
}
