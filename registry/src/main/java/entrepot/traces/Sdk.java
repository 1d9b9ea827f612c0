package entrepot.traces;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// OpenTelemetry, set up by its own variables. Spans alone are sent, by HTTP: there is nothing here that speaks gRPC.
final class Sdk {

    private static final Map<String, String> OURS = Map.of(
            "otel.service.name", "entrepot",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none");

    private Sdk() {}

    static OpenTelemetrySdk start(Map<String, String> defaults) throws IOException {
        ToTheLog.take();
        var properties = new HashMap<>(OURS);
        properties.putAll(defaults);
        try {
            return AutoConfiguredOpenTelemetrySdk.builder()
                    .addPropertiesSupplier(() -> properties)
                    .disableShutdownHook()
                    .build()
                    .getOpenTelemetrySdk();
        } catch (ConfigurationException e) {
            throw new IOException("OTEL_...: " + e.getMessage(), e);
        }
    }
}
