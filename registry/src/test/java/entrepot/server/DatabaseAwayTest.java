package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.config.Config;
import entrepot.folder.DataFolder;
import entrepot.store.TestStores;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.kms.model.KmsException;

/// A server whose database is gone for a while.
@Timeout(900)
class DatabaseAwayTest {

    private static final Duration LONG = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void every_surface_says_that_it_cannot_now_and_is_well_again_after() throws Exception {
        try (var line = TestStores.lineToDatabase();
                var server = RunningServer.start(folder.resolve("data"), TestStores.database(folder, line))) {
            server.ecr().createRepository(r -> r.repositoryName("app"));
            line.cut();

            assertComesAgain(server);
            assertThatThrownBy(() -> once(server).describeRepositories())
                    .isInstanceOfSatisfying(EcrException.class, e -> {
                        assertThat(e.statusCode()).isEqualTo(503);
                        assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ServerException");
                    });
            try (var kms = server.kms()
                    .overrideConfiguration(c -> c.retryStrategy(s -> s.maxAttempts(1)))
                    .build()) {
                assertThatThrownBy(kms::listKeys)
                        .isInstanceOfSatisfying(
                                KmsException.class,
                                e -> assertThat(e.statusCode()).isEqualTo(503));
            }
            assertThat(server.send("GET", "/healthz", new byte[0]).statusCode()).isEqualTo(200);

            line.mend();
            var end = System.nanoTime() + LONG.toNanos();
            while (server.get("/v2/app/tags/list").statusCode() == 503 && System.nanoTime() < end) {
                Thread.sleep(50);
            }
            assertThat(server.get("/v2/app/tags/list").statusCode()).isEqualTo(200);
            assertThat(once(server).describeRepositories().repositories()).hasSize(1);
        }
    }

    @Test
    void a_server_that_starts_before_its_database_serves_when_that_is_there() throws Exception {
        var data = folder.resolve("data");
        try (var line = TestStores.lineToDatabase()) {
            var settings = new HashMap<>(TestStores.database(folder, line));
            settings.putAll(Map.of("data", data.toString(), "port", "0"));
            line.cut();
            try (var own = DataFolder.own(data, Instant.now());
                    var server = Server.start(Config.load(settings, Map.of(), null), own)) {
                assertThat(status(server, "/healthz")).isEqualTo(200);
                assertThat(status(server, "/v2/")).isEqualTo(503);
                assertThat(status(server, "/")).isEqualTo(503);

                line.mend();
                var end = System.nanoTime() + LONG.toNanos();
                while (status(server, "/v2/") == 503 && System.nanoTime() < end) {
                    Thread.sleep(50);
                }
                assertThat(status(server, "/v2/")).isEqualTo(401);
                assertThat(own.credentials().read()).isPresent();
            }
        }
    }

    private static int status(Server server, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    private static EcrClient once(RunningServer server) throws Exception {
        return server.client()
                .overrideConfiguration(c -> c.retryStrategy(s -> s.maxAttempts(1)))
                .build();
    }

    private static void assertComesAgain(RunningServer server) {
        for (var path : new String[] {"/v2/app/tags/list", "/v2/app/manifests/latest", "/v2/"}) {
            var answer = server.get(path);
            assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("UNAVAILABLE");
        }
        var upload = server.send("POST", "/v2/app/blobs/uploads/", "x".getBytes(UTF_8));
        assertThat(upload.statusCode()).isEqualTo(503);
    }
}
