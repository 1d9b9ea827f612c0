package entrepot.http;

import java.util.UUID;
import org.slf4j.MDC;

/// What every log line and answer of a request may carry. Bound once, at the edge.
public record RequestContext(UUID id) {

    private static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

    /// Fails with NoSuchElementException outside of a request.
    public static RequestContext current() {
        return CURRENT.get();
    }

    public static void with(RequestContext context, Runnable work) {
        try (var _ = MDC.putCloseable("request", context.id().toString())) {
            ScopedValue.where(CURRENT, context).run(work);
        }
    }
}
