package entrepot.traces;

import entrepot.http.HttpHandler;
import entrepot.http.HttpHeaders;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.RequestContext;
import entrepot.watch.Watch;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Spans of requests, and within them of operations, stores and S3, sent to a collector by threads of their own: what
/// it does not take in time is dropped. Names are ours; of what clients send there is the method, the address of the
/// repository, and the context of their own trace. Queries, headers and bodies, which hold secrets, are never told.
///
/// Source: OpenTelemetry, "OpenTelemetry Protocol Exporter", "Semantic Conventions for HTTP Spans".
public final class Traces implements Watch, AutoCloseable {

    private static final String OUTCOME = "entrepot.outcome";

    /// For what is gathered and not sent at the end.
    private static final int LAST_SECONDS = 2;

    private static final int SERVER_ERROR = 500;

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;

    private Traces(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("entrepot");
    }

    /// Sends to where the environment says, in OpenTelemetry's own variables.
    ///
    /// @param defaults of them, in the form of properties (`otel.service.name`)
    /// @throws IOException if they cannot be understood
    public static Traces start(Map<String, String> defaults) throws IOException {
        return new Traces(Sdk.start(defaults));
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // by the end of the work
    public Work begin(Kind kind, String name) {
        if (kind == Kind.JOB || !Span.current().getSpanContext().isValid()) {
            return Work.UNWATCHED;
        }
        var span = span(kind, name).startSpan();
        var scope = span.makeCurrent();
        return outcome -> {
            scope.close();
            end(span, outcome);
        };
    }

    @Override
    public void done(Kind kind, String name, String outcome, Duration time) {
        if (kind != Kind.JOB && Span.current().getSpanContext().isValid()) {
            var end = Instant.now();
            var span = span(kind, name).setStartTimestamp(end.minus(time)).startSpan();
            end(span, outcome);
        }
    }

    private SpanBuilder span(Kind kind, String name) {
        return tracer.spanBuilder(name).setSpanKind(kind == Kind.S3 ? SpanKind.CLIENT : SpanKind.INTERNAL);
    }

    private static void end(Span span, String outcome) {
        span.setAttribute(OUTCOME, outcome);
        if (outcome.equals(FAILED)) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    /// The same handler, each of whose requests is a span, part of the client's trace where that sends one along. It
    /// ends with the handler: what is still to be sent of the answer is not in it.
    public HttpHandler around(HttpHandler handler) {
        return request -> handle(handler, request);
    }

    private HttpResponse handle(HttpHandler handler, HttpRequest request) throws IOException {
        var span = begin(request);
        try (var _ = span.makeCurrent()) {
            var response = handler.handle(request);
            answered(span, response.status());
            return response;
        } catch (IOException | RuntimeException | Error e) {
            answered(span, SERVER_ERROR);
            throw e;
        } finally {
            span.end();
        }
    }

    private Span begin(HttpRequest request) {
        var door = Door.of(request);
        var parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), request.headers(), HEADERS);
        var span = tracer.spanBuilder(door.method() + " " + door.name())
                .setParent(parent)
                .setSpanKind(SpanKind.SERVER)
                .setAttribute("http.request.method", door.method())
                .setAttribute(
                        "entrepot.request_id", RequestContext.current().id().toString());
        if (door.path() != null) {
            span.setAttribute("url.path", door.path());
        }
        return span.startSpan();
    }

    private static void answered(Span span, int status) {
        span.setAttribute("http.response.status_code", status);
        if (status >= SERVER_ERROR) {
            span.setStatus(StatusCode.ERROR);
        }
    }

    private static final TextMapGetter<HttpHeaders> HEADERS = new TextMapGetter<>() {
        @Override
        public @Nullable String get(@Nullable HttpHeaders carrier, String key) {
            return carrier == null ? null : carrier.first(key).orElse(null);
        }
    };

    /// Sends what is gathered, if there is somebody to take it.
    @Override
    public void close() {
        sdk.getSdkTracerProvider().shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
    }
}
