package entrepot.event.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.auth.Hmac;
import entrepot.event.EventSender;
import entrepot.store.Events.Event;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A server that is sent a POST for each event, signed so that it knows who sent it. Any status of 200 to 299 says that
/// it has it; nothing else of its answer is looked at, and it is not followed elsewhere. Source: Standard Webhooks,
/// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md.
public final class WebhookSender implements EventSender {

    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(5);
    private static final String PREFIX = "whsec_";
    private static final int SHORTEST_SECRET = 16;

    private final URI url;
    private final byte[] secret;
    private final Duration patience;
    private final InstantSource clock;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECTS_WITHIN)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    /// @param secret as [#secret] reads it
    /// @param patience for an answer, from the beginning to its end
    public WebhookSender(URI url, byte[] secret, Duration patience, InstantSource clock) {
        this.url = url;
        this.secret = secret.clone();
        this.patience = patience;
        this.clock = clock;
    }

    /// The secret that a text stands for: `whsec_`, and its bytes in Base64. Fails with IllegalArgumentException, which
    /// does not repeat it.
    public static byte[] secret(String text) {
        try {
            var bytes =
                    text.startsWith(PREFIX) ? Base64.getDecoder().decode(text.substring(PREFIX.length())) : new byte[0];
            if (bytes.length >= SHORTEST_SECRET) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // said below, in the same words
        }
        throw new IllegalArgumentException(
                "must have whsec_ and at least %d bytes in Base64".formatted(SHORTEST_SECRET));
    }

    @Override
    public Sent send(List<Event> events) throws InterruptedException {
        for (int i = 0; i < events.size(); i++) {
            var error = post(events.get(i));
            if (!error.isEmpty()) {
                return new Sent(i, error);
            }
        }
        return new Sent(events.size(), null);
    }

    /// Why it failed; empty if it did not.
    private String post(Event event) throws InterruptedException {
        var answer = client.sendAsync(request(event), Discarded.handler());
        try {
            var status = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            return status / 100 == 2 ? "" : "HTTP status " + status;
        } catch (ExecutionException e) {
            return words(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            return "no answer within %d s".formatted(patience.toSeconds());
        } finally {
            answer.cancel(true);
        }
    }

    private static String words(Throwable failure) {
        var name = failure.getClass().getSimpleName();
        return failure instanceof IOException && failure.getMessage() != null
                ? name + ": " + failure.getMessage()
                : name;
    }

    private HttpRequest request(Event event) {
        var body = event.document();
        var timestamp = clock.instant().getEpochSecond();
        var signed = "%s.%d.%s".formatted(event.uuid(), timestamp, body);
        var signature = Base64.getEncoder().encodeToString(Hmac.SHA256.of(secret, signed));
        return HttpRequest.newBuilder(url)
                .POST(BodyPublishers.ofString(body, UTF_8))
                .header("Content-Type", "application/json")
                .header("User-Agent", "Entrepot")
                .header("webhook-id", event.uuid())
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", "v1," + signature)
                .build();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
