package entrepot.replication;

import static entrepot.operation.World.APP;
import static entrepot.replication.Replicated.HOME;
import static entrepot.replication.Replicated.THERE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import entrepot.domain.Digest;
import entrepot.domain.RepositoryArn;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.upstream.Login.AwsKey;
import entrepot.upstream.wire.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a peer may answer, and what becomes of it.
@Timeout(120)
class PeerAnswersTest {

    private static final RepositoryArn SOURCE = new RepositoryArn(HOME, APP);
    private static final Digest LAYER = Layers.sha256(Images.LAYER);

    @AutoClose
    private final Replicated registries = new Replicated();

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private Peer peer;
    private Destination destination;
    private volatile int head = 404;
    private volatile int status = 404;
    private volatile String body = "";
    private volatile Map<String, String> headers = Map.of();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            asked.add(line);
            exchange.getRequestBody().readAllBytes();
            var isToken = exchange.getRequestHeaders().containsKey("X-Amz-Target");
            if (!isToken) {
                headers.forEach(exchange.getResponseHeaders()::add);
            }
            var answer = (isToken ? token() : body).getBytes(StandardCharsets.UTF_8);
            var isHead = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(
                    isToken ? 200 : isHead ? head : status, isHead || answer.length == 0 ? -1 : answer.length);
            if (!isHead) {
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        server.start();
        var url = URI.create("http://localhost:" + server.getAddress().getPort());
        peer = Peer.of(THERE, url, new AwsKey("AKIAAAAAAAAAAAAAAAAA", "s".repeat(40), null), Trust.with(null));
        var replicas = Replicas.with(registries.world.means, registries.world.door, Map.of(), new Replicas.Counts());
        destination = requireNonNull(
                replicas.reaching(List.of(peer), Set.of()).elsewhere().get(THERE));
    }

    @AfterEach
    void stop() {
        peer.close();
        server.stop(0);
    }

    private static String token() {
        var login = Base64.getEncoder().encodeToString("AWS:secret".getBytes(StandardCharsets.UTF_8));
        return "{\"authorizationData\":[{\"authorizationToken\":\"%s\",\"expiresAt\":4102444800,\"proxyEndpoint\":\"x\"}]}"
                .formatted(login);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/v2/app/blobs/uploads/1",
                "//example.com/v2/app",
                "/v2/../../admin path",
                "/admin",
                "v2/app/blobs/uploads/1"
            })
    void an_upload_goes_on_at_the_peer_alone(String location) {
        status = 202;
        headers = Map.of("Location", location);

        assertThatThrownBy(() -> destination.layer(SOURCE, LAYER))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not say where");
        assertThat(asked).noneMatch(line -> line.startsWith("PATCH"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            403, DENIED, AccessDenied, true
            400, MANIFEST_INVALID, ManifestInvalid, false
            409, TAG_BUSY, TagBusy, false
            500, UNKNOWN, Server, false
            413, <html>, Http413, false
            """)
    void what_it_refuses_is_told_by_a_code(int refusal, String code, String told, boolean isForGood) {
        status = refusal;
        body = code.startsWith("<") ? code : "{\"errors\":[{\"code\":\"%s\",\"message\":\"no\"}]}".formatted(code);

        assertThatThrownBy(() -> destination.delete(SOURCE, LAYER))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(told);
                    assertThat(refused.isForGood()).isEqualTo(isForGood);
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 421, 429, 502, 503, 302})
    void what_passes_is_tried_again(int passing) {
        status = passing;

        assertThatThrownBy(() -> destination.delete(SOURCE, LAYER))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(RefusedException.class);
    }

    /// By its rule for what scans found.
    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void an_image_that_may_not_be_pulled_there_is_brought(int refusal) throws Exception {
        head = refusal;

        assertThat(destination.has(SOURCE, LAYER)).isFalse();
    }

    @Test
    void an_answer_without_end_is_not_read() {
        status = 500;
        body = "x".repeat(1 << 20);

        assertThatThrownBy(() -> destination.delete(SOURCE, LAYER)).isInstanceOf(IOException.class);
    }
}
