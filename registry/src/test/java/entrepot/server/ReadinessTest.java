package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.config.Config;
import entrepot.domain.Content;
import entrepot.folder.DataFolder;
import entrepot.http.HttpResponse;
import entrepot.store.Line;
import entrepot.store.TestStores;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ReadinessTest {

    private static final Duration LONGEST = Duration.ofSeconds(3);
    private static final String ALL_OK =
            "{\"ready\":true,\"checks\":{\"database\":\"ok\",\"bucket\":\"ok\",\"kms\":\"ok\",\"migrations\":\"ok\"}}\n";

    @TempDir
    Path folder;

    @Test
    void what_hangs_is_told_and_not_asked_twice() throws Exception {
        var hanging = new CountDownLatch(1);
        var asked = new AtomicInteger();
        var verdicts = new LinkedHashMap<String, Supplier<String>>();
        verdicts.put("database", () -> Need.OK);
        verdicts.put("bucket", () -> {
            asked.incrementAndGet();
            await(hanging);
            return Need.OK;
        });
        var readiness = new Readiness(verdicts);
        try {
            for (int i = 0; i < 3; i++) {
                var answer = answer(readiness);
                assertThat(answer.status()).isEqualTo(503);
                assertThat(text(answer))
                        .isEqualTo(
                                "{\"ready\":false,\"checks\":{\"database\":\"ok\",\"bucket\":\"time-out after 2 s\"}}\n");
            }
            assertThat(asked).hasValue(1);
        } finally {
            hanging.countDown();
        }
        awaitStatus(readiness, 200);
        while (asked.get() < 2) { // the first one may have come to its end just as it was asked again
            answer(readiness);
            Thread.sleep(20);
        }
        assertThat(asked).hasValue(2);
    }

    /// Two answer just in time, and their answers would be old once the first one was waited for.
    @Test
    void many_that_are_slow_take_no_longer_than_one() {
        var hanging = new CountDownLatch(1);
        var verdicts = new LinkedHashMap<String, Supplier<String>>();
        verdicts.put("a", () -> {
            await(hanging);
            return Need.OK;
        });
        for (var name : new String[] {"b", "c"}) {
            verdicts.put(name, () -> {
                LockSupport.parkNanos(Fresh.PATIENCE.minusMillis(900).toNanos());
                return Need.OK;
            });
        }
        assertThat(IntStream.range(0, 5).anyMatch(_ -> allButTheFirstAreInTime(new Readiness(verdicts))))
                .as("one of five answers, whoever else is on the machine")
                .isTrue();
        hanging.countDown();
    }

    private static boolean allButTheFirstAreInTime(Readiness readiness) {
        var from = System.nanoTime();
        var text = text(answer(readiness));
        return text.contains("{\"a\":\"time-out after 2 s\",\"b\":\"ok\",\"c\":\"ok\"}")
                && Duration.ofNanos(System.nanoTime() - from).compareTo(LONGEST) < 0;
    }

    @Test
    void an_answer_is_remembered_for_a_moment_only() throws Exception {
        var verdict = new AtomicReference<>("cannot be reached");
        var asked = new AtomicInteger();
        var readiness = new Readiness(Map.of("database", () -> {
            asked.incrementAndGet();
            return verdict.get();
        }));
        for (int i = 0; i < 100; i++) {
            assertThat(answer(readiness).status()).isEqualTo(503);
        }
        assertThat(asked.get()).isLessThan(100);

        verdict.set(Need.OK);
        var changed = System.nanoTime();
        awaitStatus(readiness, 200);
        assertThat(Duration.ofNanos(System.nanoTime() - changed)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void a_server_in_one_folder_is_ready_without_a_login_and_apart_from_being_alive() throws Exception {
        try (var server = RunningServer.start(folder, Map.of())) {
            awaitBody(server, ALL_OK);
            while (server.anonymous("/readyz").statusCode() != 200) {
                Thread.sleep(20);
            }
            assertThat(server.anonymous("/healthz").body()).isEqualTo("ok\n");

            Files.move(folder.resolve("blobs"), folder.resolve("gone"));
            awaitBody(server, "\"bucket\":\"cannot be read and written\"");
            assertThat(server.anonymous("/readyz").statusCode()).isEqualTo(503);
            assertThat(server.anonymous("/healthz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void without_its_database_a_server_is_not_ready() throws Exception {
        try (var line = TestStores.lineToDatabase();
                var server = RunningServer.start(folder.resolve("data"), TestStores.database(folder, line))) {
            awaitBody(server, ALL_OK);

            line.cut();
            awaitBody(server, "\"ready\":false");
            awaitBody(server, "\"bucket\":\"ok\"");
            assertThat(server.anonymous("/readyz").body())
                    .containsPattern("\"database\":\"(cannot be reached|time-out after 2 s)\"");
            line.mend();
            awaitBody(server, "\"ready\":true");

            line.stall();
            awaitBody(server, "\"database\":\"time-out after 2 s\"");
            assertThat(server.anonymous("/readyz").statusCode()).isEqualTo(503);
            line.cut();
        }
    }

    @Test
    void a_server_that_waits_for_its_database_is_alive_and_not_ready() throws Exception {
        try (Line line = TestStores.lineToDatabase()) {
            line.cut();
            var data = folder.resolve("data");
            var settings = new HashMap<>(TestStores.database(folder, line));
            settings.putAll(Map.of("data", data.toString(), "port", "0"));
            try (var own = DataFolder.own(data, Instant.now());
                    var server = Server.start(Config.load(settings, Map.of(), null), own)) {
                assertThat(get(server, "/healthz").statusCode()).isEqualTo(200);
                assertThat(get(server, "/readyz").statusCode()).isEqualTo(503);
                assertThat(get(server, "/readyz").body()).contains("\"database\":\"not known yet\"");

                line.mend();
                var answer = get(server, "/readyz");
                while (!answer.body().equals(ALL_OK)) {
                    Thread.sleep(50);
                    answer = get(server, "/readyz");
                }
                assertThat(answer.statusCode()).isEqualTo(200);
            }
        }
    }

    private static java.net.http.HttpResponse<String> get(Server server, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    private static void awaitBody(RunningServer server, String part) throws InterruptedException {
        while (!server.anonymous("/readyz").body().contains(part)) {
            Thread.sleep(20);
        }
        assertThat(IntStream.range(0, 3).anyMatch(_ -> asking(server).compareTo(LONGEST) < 0))
                .as("one of three answers comes in time, whoever else is on the machine")
                .isTrue();
    }

    private static Duration asking(RunningServer server) {
        var from = System.nanoTime();
        server.anonymous("/readyz");
        return Duration.ofNanos(System.nanoTime() - from);
    }

    private static void awaitStatus(Readiness readiness, int status) throws Exception {
        while (answer(readiness).status() != status) {
            Thread.sleep(20);
        }
    }

    private static HttpResponse answer(Readiness readiness) {
        return readiness.answer();
    }

    private static String text(HttpResponse answer) {
        return new String(((Content.Bytes) answer.body()).bytes(), UTF_8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
