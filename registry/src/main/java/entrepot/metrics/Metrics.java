package entrepot.metrics;

import entrepot.watch.Watch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/// Counts and times what it watches, in the form that Prometheus reads.
///
/// Names and labels are a promise to whoever has a dashboard: docs/operations.md lists them.
public final class Metrics implements Watch, AutoCloseable {

    /// Of the answer that [#scrape] makes. Source: Prometheus, "Text-based format".
    public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /// From a push that finds everything to an upload over a slow line, in milliseconds.
    private static final Duration[] BUCKETS = Stream.of(
                    5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    /// Micrometer's own whose names Prometheus does not take.
    private static final String[] MISNAMED = {"process.cpu.time", "system.cpu.count"};

    private record Row(Kind kind, String name, String outcome) {}

    /// A label of a series.
    public record Label(String name, String value) {}

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<Row, Timer> timers = new ConcurrentHashMap<>();
    private final Map<Row, Counter> runs = new ConcurrentHashMap<>();
    private final JvmMeters jvm = new JvmMeters();

    public Metrics() {
        for (var name : MISNAMED) {
            registry.config().meterFilter(MeterFilter.denyNameStartsWith(name));
        }
        jvm.bindTo(registry);
    }

    /// Stores are shown by their requests to S3, and else not.
    @Override
    public Work begin(Kind kind, String name) {
        if (kind == Kind.STORE) {
            return Work.UNWATCHED;
        }
        var from = System.nanoTime();
        return outcome -> {
            if (!outcome.equals(AGAIN)) {
                ended(new Row(kind, name, outcome), System.nanoTime() - from);
            }
        };
    }

    @Override
    public void done(Kind kind, String name, String outcome, Duration time) {
        ended(new Row(kind, name, outcome), time.toNanos());
    }

    private void ended(Row row, long nanos) {
        switch (row.kind()) {
            case OPERATION, S3 -> timers.computeIfAbsent(row, this::timer).record(nanos, TimeUnit.NANOSECONDS);
            case JOB -> runs.computeIfAbsent(row, this::counter).increment();
            case STORE -> {}
        }
    }

    private Timer timer(Row row) {
        var timer = row.kind() == Kind.S3
                ? Timer.builder("entrepot.s3.requests")
                        .description("Requests to S3")
                        .tag("kind", row.name())
                : Timer.builder("entrepot.requests")
                        .description("Operations, by either door")
                        .tag("operation", row.name());
        return timer.tag("outcome", row.outcome())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter counter(Row row) {
        return Counter.builder("entrepot.jobs")
                .description("Runs of jobs on this node")
                .tag("job", row.name())
                .tag("outcome", row.outcome())
                .register(registry);
    }

    /// Shows a number that goes up and down, as it is when it is asked for.
    ///
    /// @param value NaN where it cannot be told
    public void gauge(String name, String help, Label label, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble)
                .description(help)
                .tag(label.name(), label.value())
                .register(registry);
    }

    /// The same without a label.
    public void gauge(String name, String help, DoubleSupplier value) {
        Gauge.builder(name, value::getAsDouble).description(help).register(registry);
    }

    /// Shows what somebody else counts, as long as that is not forgotten.
    public void count(String name, String help, Label label, LongAdder count) {
        FunctionCounter.builder(name, count, LongAdder::sum)
                .description(help)
                .tag(label.name(), label.value())
                .register(registry);
    }

    /// The same without a label.
    public void count(String name, String help, LongAdder count) {
        FunctionCounter.builder(name, count, LongAdder::sum).description(help).register(registry);
    }

    /// All of it, as text of [#TYPE].
    public String scrape() {
        return registry.scrape(TYPE);
    }

    @Override
    public void close() {
        jvm.close();
        registry.close();
    }
}
