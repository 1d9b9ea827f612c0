package entrepot.server;

import entrepot.config.Reports;
import entrepot.http.HttpHandler;
import entrepot.http.Traffic;
import entrepot.traces.Traces;
import entrepot.watch.Watch;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Who watches a node: metrics where a port is configured for them, traces where the environment names a collector.
/// Where neither is, none of their classes is loaded.
final class Telemetry implements AutoCloseable {

    /// Nobody.
    static final Telemetry NONE = new Telemetry(null, null);

    private static final String COLLECTOR = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private final @Nullable MetricsPort metrics;
    private final @Nullable Traces traces;

    private Telemetry(@Nullable MetricsPort metrics, @Nullable Traces traces) {
        this.metrics = metrics;
        this.traces = traces;
    }

    /// Shows metrics from now on, if it is to.
    ///
    /// @param place null for nowhere
    /// @throws IOException if the port cannot be listened on, or what the environment says cannot be understood
    static Telemetry start(Reports.@Nullable Metrics place, Map<String, String> environment) throws IOException {
        var traces = environment.getOrDefault(COLLECTOR, "").isBlank() ? null : Traces.start(Map.of());
        try {
            return new Telemetry(place == null ? null : MetricsPort.open(place), traces);
        } catch (RuntimeException e) {
            if (traces != null) {
                traces.close();
            }
            throw e;
        }
    }

    /// Is told of operations, jobs, and requests to S3; and of stores by those that are [#watched].
    Watch watch() {
        var counting = metrics == null ? Watch.NONE : metrics.metrics();
        return traces == null ? counting : counting.and(traces);
    }

    /// The same stores, watched as far as anybody wants to know.
    Stores watched(Stores stores) {
        return traces == null ? stores : stores.watchedBy(traces);
    }

    /// The same handler, with each of its requests traced if anybody wants to know.
    HttpHandler around(HttpHandler handler) {
        return traces == null ? handler : traces.around(handler);
    }

    /// Shows what these tell of themselves.
    void show(Stores stores, Traffic traffic, Opened opened) {
        if (metrics != null) {
            new Gauges(metrics.metrics()).show(stores, traffic, opened.counts());
            new EventGauges(metrics.metrics()).show(stores.metadata(), opened.events());
            new ReplicationGauges(metrics.metrics())
                    .show(stores.metadata(), opened.replicas().counts());
            new ScanGauges(metrics.metrics())
                    .show(stores.metadata(), opened.databases().scanners());
        }
    }

    /// Where metrics are shown; empty for nowhere.
    OptionalInt port() {
        return metrics == null
                ? OptionalInt.empty()
                : OptionalInt.of(metrics.http().port());
    }

    @Override
    public void close() {
        if (metrics != null) {
            metrics.close();
        }
        if (traces != null) {
            traces.close();
        }
    }
}
