package entrepot.event.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import entrepot.event.EventSender.Sent;
import entrepot.event.Receiver;
import entrepot.store.Events.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebhookSenderTest {

    private static final String SECRET =
            "whsec_" + Base64.getEncoder().encodeToString("a secret of thirty-two bytes ...".getBytes(UTF_8));
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    @AutoClose
    private final Receiver receiver = new Receiver();

    private static Event event(String id) {
        return new Event(
                id,
                "arn:aws:ecr:eu-west-1:123456789012:repository/app",
                "ECR Image Action",
                Instant.EPOCH,
                "{\"id\":\"%s\",\"note\":\"é\"}".formatted(id));
    }

    private static WebhookSender to(URI url, Duration patience) {
        return new WebhookSender(url, WebhookSender.secret(SECRET), patience, InstantSource.system());
    }

    private Sent send(Event... events) throws InterruptedException {
        try (var sender = to(receiver.url(), LONG)) {
            return sender.send(List.of(events));
        }
    }

    @Test
    void each_event_is_a_post_that_another_library_verifies() throws Exception {
        assertThat(send(event("1"), event("2"))).isEqualTo(new Sent(2, null));

        assertThat(receiver.messages()).hasSize(2).allSatisfy(message -> {
            new Webhook(SECRET).verify(message.body(), message.headers());
            assertThat(message.header("Content-Type")).isEqualTo("application/json");
        });
        assertThat(receiver.messages())
                .extracting(message -> message.header("webhook-id"))
                .containsExactly("1", "2");
        assertThat(receiver.messages().getFirst().body()).isEqualTo(event("1").document());
    }

    @Test
    void another_secret_or_another_body_does_not_verify() throws Exception {
        send(event("1"));
        var message = receiver.messages().getFirst();
        var other = "whsec_" + Base64.getEncoder().encodeToString("another secret, of other bytes ..".getBytes(UTF_8));

        assertThatThrownBy(() -> new Webhook(other).verify(message.body(), message.headers()))
                .hasMessageContaining("signature");
        assertThatThrownBy(() -> new Webhook(SECRET).verify(message.body() + " ", message.headers()))
                .hasMessageContaining("signature");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 299})
    void any_status_of_success_says_that_it_was_taken(int status) throws Exception {
        receiver.answer(_ -> status);

        assertThat(send(event("1"))).isEqualTo(new Sent(1, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 401, 410, 429, 500, 503})
    void any_other_says_that_it_was_not_and_is_not_followed(int status) throws Exception {
        receiver.answer(message -> message.body().contains("\"2\"") ? status : Receiver.OK);

        assertThat(send(event("1"), event("2"), event("3"))).isEqualTo(new Sent(1, "HTTP status " + status));
        assertThat(receiver.messages())
                .hasSize(2)
                .allMatch(message -> message.path().equals("/hook"));
    }

    @Test
    void who_does_not_answer_is_left_after_a_while() throws Exception {
        var end = new CountDownLatch(1);
        receiver.answer(_ -> {
            awaitQuietly(end);
            return Receiver.OK;
        });
        try (var sender = to(receiver.url(), SHORT)) {
            assertThat(sender.send(List.of(event("1")))).isEqualTo(new Sent(0, "no answer within 0 s"));
        } finally {
            end.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void an_answer_without_end_is_not_read_to_its_end() throws Exception {
        var answer = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + "x".repeat(1 << 20);
        try (var server = server(answer);
                var sender = to(url(server), LONG)) {
            assertThat(sender.send(List.of(event("1")))).isEqualTo(new Sent(1, null));
        }
    }

    @Test
    void an_answer_whose_body_never_comes_is_none() throws Exception {
        try (var server = server("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx");
                var sender = to(url(server), SHORT)) {
            assertThat(sender.send(List.of(event("1")))).isEqualTo(new Sent(0, "no answer within 0 s"));
        }
    }

    @Test
    void nobody_there_is_told_without_the_secret() throws Exception {
        var server = server("");
        server.close();
        try (var sender = to(url(server), LONG)) {
            var sent = sender.send(List.of(event("1")));

            assertThat(sent.count()).isZero();
            assertThat(sent.error()).startsWith("ConnectException").doesNotContain("secret");
        }
    }

    @Test
    void secrets_are_whsec_and_base64_and_no_refusal_repeats_one() {
        assertThat(WebhookSender.secret(SECRET)).asString(UTF_8).startsWith("a secret");
        assertThatCode(() -> WebhookSender.secret("whsec_" + "A".repeat(24))).doesNotThrowAnyException();
        for (var bad :
                List.of("", "whsec_", "whsec_short", "whsec_AAAA", "hunter2hunter2hunter2", "whsec_*".repeat(9))) {
            assertThatThrownBy(() -> WebhookSender.secret(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("must have whsec_ and at least 16 bytes in Base64");
        }
    }

    /// Gives this to whoever comes, and leaves the connection open.
    private static ServerSocket server(String answer) throws IOException {
        var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try (var client = server.accept()) {
                var bytes = answer.getBytes(UTF_8);
                client.getInputStream().skipNBytes(1);
                client.getOutputStream().write(bytes);
                client.getOutputStream().flush();
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // it has what it wanted
            }
        });
        return server;
    }

    private static URI url(ServerSocket server) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }
}
