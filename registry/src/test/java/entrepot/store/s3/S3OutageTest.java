package entrepot.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.domain.UploadId;
import entrepot.store.MetadataStore;
import entrepot.store.StorageFullException;
import entrepot.store.StoreAwayException;
import entrepot.store.TestStores;
import entrepot.store.memory.MemoryPieces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// S3 that does not do what it should.
class S3OutageTest {

    @AutoClose
    private final MetadataStore metadata = TestStores.metadata();

    @TempDir
    Path spool;

    private final BlobKey key = UploadId.random(Instant.now()).blobKey();
    private final List<String> ranges = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_server_that_takes_connections_and_says_nothing_is_away() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var store = store(silent.getLocalPort(), Duration.ofSeconds(1))) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> store.size(key)).isInstanceOf(StoreAwayException.class);
            }

            assertThat(store.breakers().values()).singleElement().matches(BooleanSupplier::getAsBoolean);
            assertThatThrownBy(() -> store.append(key, Progress.NONE, new Content.Bytes(new byte[100_000])))
                    .isInstanceOf(StoreAwayException.class)
                    .hasMessage("S3 did not answer lately");
        }
    }

    /// And is not asked for the same again in another way.
    @Test
    void bytes_that_do_not_come_are_waited_for_once() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var store = store(silent.getLocalPort(), Duration.ofSeconds(1))) {
            assertThatThrownBy(
                            () -> store.open(key, 16, 0, 16).writeTo(Channels.newChannel(new ByteArrayOutputStream())))
                    .isInstanceOf(StoreAwayException.class)
                    .hasMessageContaining("S3 is silent");
        }
    }

    @ParameterizedTest
    @CsvSource({"500, InternalError", "503, SlowDown", "429, TooManyRequests", "502, ''"})
    void a_server_that_fails_is_away(int status, String code) {
        server.createContext("/", exchange -> answer(exchange, status, error(code)));

        try (var store = store(server.getAddress().getPort(), Duration.ofSeconds(60))) {
            assertThatThrownBy(() -> store.append(key, Progress.NONE, new Content.Bytes(new byte[100_000])))
                    .isInstanceOf(StoreAwayException.class);
        }
    }

    @Test
    void a_server_that_has_no_room_is_full() {
        server.createContext("/", exchange -> answer(exchange, 507, error("XMinioStorageFull")));

        try (var store = store(server.getAddress().getPort(), Duration.ofSeconds(60))) {
            assertThatThrownBy(() -> store.append(key, Progress.NONE, new Content.Bytes(new byte[100_000])))
                    .isInstanceOf(StorageFullException.class);
        }
    }

    /// Before it has the bytes, in chunks, and with the connection ended behind it.
    @Test
    void a_server_that_refuses_at_once_is_heard() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(507, 0);
            exchange.getResponseBody().write(error("XMinioStorageFull").getBytes(UTF_8));
            exchange.close();
        });

        try (var store = store(server.getAddress().getPort(), Duration.ofSeconds(60))) {
            assertThatThrownBy(() -> store.append(key, Progress.NONE, new Content.Bytes(new byte[8 << 20])))
                    .isInstanceOf(StorageFullException.class);
        }
    }

    @Test
    void a_disk_that_has_no_room_for_bytes_on_their_way_is_full() {
        NewFiles none = () -> {
            throw new IOException("No space left on device");
        };

        try (var store = S3BlobStore.at(TestS3.place(), new MemoryPieces(), none, Watch.NOBODY)) {
            assertThatThrownBy(() -> store.append(key, Progress.NONE, new Content.Bytes(new byte[1 << 20])))
                    .isInstanceOf(StorageFullException.class);
        }
    }

    @Test
    void the_rest_of_an_answer_that_broke_off_is_asked_for() throws IOException {
        var bytes = "all of the bytes".getBytes(UTF_8);
        server.createContext("/", exchange -> half(exchange, bytes));

        try (var store = store(server.getAddress().getPort(), Duration.ofSeconds(60))) {
            var read = new ByteArrayOutputStream();
            store.open(key, bytes.length, 0, bytes.length).writeTo(Channels.newChannel(read));

            assertThat(read.toString(UTF_8)).isEqualTo("all of the bytes");
            assertThat(ranges).startsWith("null", "bytes=8-15", "bytes=12-15");
        }
    }

    @Test
    void a_server_that_breaks_off_at_once_is_away() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 16);
            exchange.close();
        });

        try (var store = store(server.getAddress().getPort(), Duration.ofSeconds(60))) {
            assertThatThrownBy(
                            () -> store.open(key, 16, 0, 16).writeTo(Channels.newChannel(new ByteArrayOutputStream())))
                    .isInstanceOf(StoreAwayException.class);
        }
    }

    /// Half of what is asked for, at least a byte.
    private void half(HttpExchange exchange, byte[] bytes) throws IOException {
        var range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(range));
        var from = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-.*", "$1"));
        var length = bytes.length - from;
        if (range != null) {
            exchange.getResponseHeaders().add("Content-Range", "bytes %d-15/16".formatted(from));
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, length);
        exchange.getResponseBody().write(bytes, from, Math.max(1, length / 2));
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, body.length());
        exchange.getResponseBody().write(body.getBytes(UTF_8));
        exchange.close();
    }

    private static String error(String code) {
        return "<Error><Code>%s</Code><Message>no</Message></Error>".formatted(code);
    }

    private S3BlobStore store(int port, Duration patience) {
        var endpoint = new S3Place.Endpoint(URI.create("http://127.0.0.1:" + port), "us-east-1", true, patience);
        var place = new S3Place("bucket", "", endpoint, new S3Place.Credentials("id", "secret"), null, false);
        return TestS3.store(place, metadata, spool, Watch.NOBODY);
    }
}
