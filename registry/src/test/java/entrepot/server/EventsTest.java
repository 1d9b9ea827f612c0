package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import entrepot.admin.AdminClient;
import entrepot.config.ConfigException;
import entrepot.event.Receiver;
import entrepot.folder.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A whole server that tells of pushes and deletions.
@Timeout(120)
class EventsTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @TempDir
    Path folder;

    @AutoClose
    private final Receiver receiver = new Receiver();

    private Path file;

    @BeforeEach
    void write_the_configuration() throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        file = Files.writeString(
                folder.resolve("entrepot.yaml"), """
                events:
                  - type: webhook
                    url: %s?token=hidden
                    secret-file: %s
                    repositories: [app, team/*]
                  - {type: file, path: %s, types: [ECR Image Action]}
                """.formatted(receiver.url(), secret, folder.resolve("events.json")));
    }

    private RunningServer start() throws IOException {
        return RunningServer.start(folder.resolve("data"), Map.of("create-on-push", "true"), file);
    }

    private static String push(RunningServer server, String repository, String tag) {
        server.push(repository, Manifests.CONFIG);
        server.push(repository, Manifests.LAYER);
        var answer = server.send(
                "PUT",
                "/v2/%s/manifests/%s".formatted(repository, tag),
                Manifests.imageWithNote(tag).getBytes(UTF_8),
                "Content-Type",
                Manifests.OCI);
        assertThat(answer.statusCode()).isEqualTo(201);
        return answer.headers().firstValue("Docker-Content-Digest").orElseThrow();
    }

    private List<String> asked(String... arguments) throws IOException {
        return AdminClient.call(DataFolder.adminSocket(folder.resolve("data")), EventCommands.NAME, List.of(arguments));
    }

    private void awaitMessages(int count) throws InterruptedException {
        while (receiver.messages().size() < count) {
            Thread.sleep(20);
        }
    }

    @Test
    void pushes_and_deletions_by_either_door_arrive_and_are_verified() throws Exception {
        try (var server = start()) {
            var digest = push(server, "app", "v1");
            push(server, "other", "v1");
            server.send("DELETE", "/v2/app/manifests/" + digest, new byte[0]);
            awaitMessages(2);

            assertThat(receiver.messages()).hasSize(2).allSatisfy(message -> {
                new Webhook(SECRET).verify(message.body(), message.headers());
                assertThat(message.body()).contains(digest, "\"repository-name\":\"app\"", "\"image-tag\":\"v1\"");
            });
            while (lines().size() < 3) {
                Thread.sleep(20);
            }
            assertThat(lines())
                    .extracting(line -> line.replaceAll(".*action-type\":\"([A-Z]*).*", "$1"))
                    .containsExactlyInAnyOrder("PUSH", "PUSH", "DELETE");
        }
    }

    private List<String> lines() throws IOException {
        var events = folder.resolve("events.json");
        return Files.exists(events) ? Files.readAllLines(events) : List.of();
    }

    @Test
    void a_target_that_is_away_holds_no_push_up_and_is_told_after_a_restart() throws Exception {
        receiver.answer(_ -> 500);
        try (var server = start()) {
            push(server, "app", "v1");
            push(server, "app", "v2");
            awaitMessages(1);
            while (!asked().getFirst().contains("HTTP status 500")) {
                Thread.sleep(20);
            }

            var webhook = asked().getFirst().split("\t", -1);
            assertThat(webhook).hasSize(4);
            assertThat(webhook[0])
                    .matches("http://127\\.0\\.0\\.1:[0-9]+/\\?[0-9a-f]{8}")
                    .startsWith(receiver.url().toString().replace("hook", "?"));
            assertThat(webhook[1]).isEqualTo("2");
            assertThat(webhook[2]).endsWith("Z");
            while (!asked().getLast().equals(folder.resolve("events.json") + "\t0\t-\t-")) {
                Thread.sleep(20); // it is told beside the other one
            }
        }
        receiver.answer(_ -> Receiver.OK);
        var before = receiver.messages().size();
        try (var _ = start()) {
            awaitMessages(before + 2);

            assertThat(receiver.messages().subList(before, before + 2))
                    .extracting(message -> message.body().replaceAll(".*image-tag\":\"([^\"]*).*", "$1"))
                    .containsExactly("v1", "v2");
        }
    }

    @Test
    void a_replay_sends_the_same_ids_again() throws Exception {
        try (var server = start()) {
            push(server, "app", "v1");
            push(server, "app", "v2");
            awaitMessages(2);
            var ids = ids();
            awaitNoneWaiting();

            assertThat(asked(ids.get(1))).containsExactly("replaying 1 events");
            awaitMessages(3);
            assertThat(ids().get(2)).isEqualTo(ids.get(1));
            awaitNoneWaiting();
            assertThat(asked("2026-01-01T00:00:00+01:00")).containsExactly("replaying 2 events");
            awaitMessages(5);
            assertThat(ids().subList(3, 5)).isEqualTo(ids);
            assertThatThrownBy(() -> asked("yesterday")).hasMessageContaining("no time such as");
            assertThatThrownBy(() -> asked("0190a1b2-0000-7000-8000-000000000000"))
                    .hasMessageContaining("there is no event");
        }
    }

    /// What was taken is known to have been.
    private void awaitNoneWaiting() throws Exception {
        while (!asked().getFirst().split("\t", -1)[1].equals("0")) {
            Thread.sleep(20);
        }
    }

    private List<String> ids() {
        return receiver.messages().stream()
                .map(message -> message.header("webhook-id"))
                .toList();
    }

    @Test
    void a_secret_that_is_missing_or_none_is_named_and_not_repeated() throws Exception {
        Files.writeString(folder.resolve("secret"), "hunter2");
        assertThatThrownBy(this::start)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("events.0.secret-file")
                .hasMessageNotContaining("hunter2");
        Files.delete(folder.resolve("secret"));
        assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("events.0.secret-file");
    }
}
