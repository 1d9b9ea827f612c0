package entrepot.event.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.event.EventSender.Sent;
import entrepot.event.Receiver;
import entrepot.store.Events.Event;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/// What a queue is sent.
@Timeout(60)
class SqsSenderTest {

    private static final String NAME = "team/".repeat(30) + "app";

    @AutoClose
    private final Receiver receiver = new Receiver();

    @BeforeEach
    void answer_as_the_queue_does() {
        receiver.answer(_ -> 200);
        receiver.say(message -> "{\"MessageId\":\"1\",\"MD5OfMessageBody\":\"%s\"}".formatted(md5(message)));
    }

    /// By which the SDK sees whether it was taken whole.
    private static String md5(Receiver.Message message) {
        var body = new JsonMapper().readTree(message.body()).get("MessageBody").asString();
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Event event(String id, String repository) {
        return new Event(
                id,
                "arn:aws:ecr:eu-west-1:123456789012:repository/" + repository,
                "ECR Image Action",
                Instant.EPOCH,
                "{\"id\":\"%s\"}".formatted(id));
    }

    private Sent send(String queue, Event... events) {
        var place = new SqsSender.Place(
                URI.create("https://sqs.example.com/123456789012/" + queue),
                receiver.url().resolve("/"),
                "eu-west-1",
                new SqsSender.Credentials("AKIAQUEUE", "a secret"));
        try (var sender = new SqsSender(place, Duration.ofSeconds(20))) {
            return sender.send(List.of(events));
        }
    }

    private List<Map<?, ?>> bodies() {
        return receiver.messages().stream()
                .<Map<?, ?>>map(message -> new JsonMapper().readValue(message.body(), Map.class))
                .toList();
    }

    @Test
    void each_event_is_a_message_and_signed() {
        assertThat(send("ecr", event("1", "app"), event("2", "app"))).isEqualTo(new Sent(2, null));

        assertThat(receiver.messages()).allSatisfy(message -> {
            assertThat(message.header("X-Amz-Target")).isEqualTo("AmazonSQS.SendMessage");
            assertThat(message.header("Authorization"))
                    .contains("Credential=AKIAQUEUE/", "/eu-west-1/sqs/aws4_request");
        });
        assertThat(bodies().getFirst())
                .isEqualTo(Map.of(
                        "QueueUrl", "https://sqs.example.com/123456789012/ecr", "MessageBody", "{\"id\":\"1\"}"));
    }

    @Test
    void a_fifo_queue_is_told_the_order_and_what_comes_again() {
        send("ecr.fifo", event("1", "team/app"), event("2", NAME));

        assertThat(bodies().getFirst().get("MessageGroupId")).isEqualTo("team/app");
        assertThat(bodies().getFirst().get("MessageDeduplicationId")).isEqualTo("1");
        assertThat(bodies().getLast().get("MessageGroupId")).isEqualTo(NAME.substring(NAME.length() - 128));
    }

    @Test
    void what_is_refused_was_not_sent_nor_what_is_behind_it() {
        receiver.answer(message -> message.body().contains("\\\"2\\\"") ? 403 : 200);

        assertThat(send("ecr", event("1", "app"), event("2", "app"), event("3", "app")))
                .isEqualTo(new Sent(1, "HTTP status 403"));
        assertThat(receiver.messages()).hasSize(2);
    }
}
