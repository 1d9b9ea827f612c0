package entrepot.http;

import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Runs a handler as the server does, within a request, but without a server.
public final class InRequest {

    private InRequest() {}

    public static HttpResponse handle(HttpHandler handler, HttpRequest request) throws IOException {
        var response = new AtomicReference<@Nullable HttpResponse>();
        var failure = new AtomicReference<@Nullable IOException>();
        RequestContext.with(new RequestContext(UUID.randomUUID()), () -> {
            try {
                response.set(handler.handle(request));
            } catch (IOException e) {
                failure.set(e);
            }
        });
        var failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return Objects.requireNonNull(response.get());
    }
}
