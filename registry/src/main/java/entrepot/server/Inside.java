package entrepot.server;

import entrepot.domain.Content;
import entrepot.http.Client;
import entrepot.http.HeldContent;
import entrepot.http.HttpHandler;
import entrepot.http.HttpHeaders;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.RequestContext;
import entrepot.upstream.wire.Request;
import entrepot.upstream.wire.Response;
import entrepot.upstream.wire.Sender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Requests of this process itself, which need no network: what answers is what answers all others. Meant for answers
/// that are short; each is held whole.
record Inside(HttpHandler handler) implements Sender {

    private static final Client SELF = new Client("127.0.0.1", false);

    @Override
    public Response send(Request request) throws IOException {
        var answer = new CompletableFuture<Response>();
        RequestContext.with(new RequestContext(UUID.randomUUID()), () -> answer(request, answer));
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException bytes) { // those that were to be stored could not be read
                throw bytes;
            }
            throw new IOException("the registry failed: " + e.getCause(), e.getCause());
        }
    }

    private void answer(Request request, CompletableFuture<Response> answer) {
        try {
            var response = handler.handle(asReceived(request));
            try {
                answer.complete(Response.of(response.status(), fields(response), bytes(response.body())));
            } finally {
                release(response.body());
            }
        } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    private static HttpRequest asReceived(Request request) {
        var url = request.url();
        var body = Objects.requireNonNullElse(request.body(), Content.Bytes.EMPTY);
        return new HttpRequest(
                request.method(),
                url.getRawPath(),
                Objects.requireNonNullElse(url.getRawQuery(), ""),
                headers(request, body),
                body,
                SELF);
    }

    private static HttpHeaders headers(Request request, Content body) {
        var lines = new ArrayList<HttpHeaders.Line>();
        request.headers().forEach((name, value) -> lines.add(new HttpHeaders.Line(name, value)));
        lines.add(new HttpHeaders.Line("Host", request.url().getRawAuthority()));
        lines.add(new HttpHeaders.Line("Content-Length", Long.toString(body.length())));
        return new HttpHeaders(lines);
    }

    private static Map<String, List<String>> fields(HttpResponse response) {
        var fields = new TreeMap<String, List<String>>();
        for (var line : response.headers().lines()) {
            fields.computeIfAbsent(line.name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(line.value());
        }
        return fields;
    }

    private static byte[] bytes(Content body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        body.writeTo(Channels.newChannel(bytes));
        return bytes.toByteArray();
    }

    private static void release(Content body) {
        if (body instanceof HeldContent held) {
            held.release();
        }
    }
}
