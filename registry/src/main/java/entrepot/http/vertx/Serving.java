package entrepot.http.vertx;

import entrepot.http.HttpHandler;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// What all connections of a server share.
///
/// @param executor runs the handler of each request
/// @param few runs those of requests that bring nothing and want to hear something
/// @param draining whether connections end with their next answer
record Serving(
        HttpSettings settings,
        HttpHandler handler,
        Executor executor,
        Executor few,
        OpenConnections connections,
        BodyBytes bodies,
        BooleanSupplier draining) {

    /// Enough for the processors, and as many again that wait for the disk.
    private static final int FEW = 2 * Runtime.getRuntime().availableProcessors();

    /// Where to run the handler of a request.
    ///
    /// @param brings whether it has a body
    Executor executorOf(HttpMethod method, boolean brings) {
        return !brings && (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) ? few : executor;
    }

    static Serving of(
            HttpSettings settings,
            HttpHandler handler,
            Executor executor,
            FewThreads.Timer timer,
            BooleanSupplier draining) {
        var together = settings.limits().together();
        return new Serving(
                settings,
                handler,
                executor,
                new FewThreads(executor, FEW, timer),
                new OpenConnections(together),
                new BodyBytes(together.bodyBytes()),
                draining);
    }
}
