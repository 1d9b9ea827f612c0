package entrepot.server;

import entrepot.config.Reports;
import entrepot.http.HttpLimits;
import entrepot.http.HttpResponse;
import entrepot.http.Router;
import entrepot.http.vertx.HttpServer;
import entrepot.http.vertx.HttpSettings;
import entrepot.metrics.Metrics;
import java.time.Duration;

/// Metrics, and the port where they are shown without a login: `GET /metrics`.
record MetricsPort(Metrics metrics, HttpServer http) implements AutoCloseable {

    /// Few ask.
    private static final HttpLimits.Together FEW = new HttpLimits.Together(64, 1 << 20, 1 << 20, 8);

    static MetricsPort open(Reports.Metrics place) {
        var metrics = new Metrics();
        try {
            var settings = HttpSettings.on(place.host(), place.port()).with(HttpLimits.USUAL.with(FEW));
            return new MetricsPort(metrics, HttpServer.start(settings, router(metrics)));
        } catch (RuntimeException e) {
            metrics.close();
            throw e;
        }
    }

    private static Router router(Metrics metrics) {
        return Router.empty()
                .with(
                        Router.exactly("GET", "/metrics"),
                        _ -> HttpResponse.of(200).withText(Metrics.TYPE, metrics.scrape()));
    }

    @Override
    public void close() {
        http.stop(Duration.ZERO);
        metrics.close();
    }
}
