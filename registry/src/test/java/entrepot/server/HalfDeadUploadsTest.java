package entrepot.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;

/// A connection that is open and silent in the middle of a body, as a network leaves it that lost its client. The
/// client
/// comes back by another one and does not wait for the server to notice.
///
/// The time-out is far below the minute for which a silent body is waited for.
@Timeout(30)
class HalfDeadUploadsTest {

    private static final byte[] BYTES = bytes(1000);
    private static final String DIGEST =
            new ManifestBytes(BYTES).digest(Digest.Algorithm.SHA256).toString();

    @TempDir
    Path data;

    private RunningServer server;
    private String upload;

    @BeforeEach
    void begin_an_upload() throws IOException {
        server = RunningServer.start(data, Map.of());
        server.ecr().createRepository(r -> r.repositoryName("app"));
        upload = header(send("POST", "/v2/app/blobs/uploads/", 0, 0), "Location");
        send("PATCH", upload, 0, 300);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void the_chunk_that_is_sent_again_is_taken_and_the_silent_connection_ends() throws IOException {
        try (var dead = silent("PATCH", upload, 300, 700)) {
            awaitStored(700);

            assertThat(header(send("GET", upload, 0, 0), "Range")).isEqualTo("0-299");
            assertThat(header(send("PATCH", upload, 300, 600), "Range")).isEqualTo("0-599");
            assertThat(dead.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(send("PUT", upload + "?digest=" + DIGEST, 600, 1000).statusCode())
                .isEqualTo(201);
        assertThat(server.get("/v2/app/blobs/" + DIGEST).body()).isEqualTo(new String(BYTES, ISO_8859_1));
    }

    @Test
    void the_last_request_is_taken_though_one_like_it_is_silent() throws IOException {
        try (var _ = silent("PUT", upload + "?digest=" + DIGEST, 300, 700)) {
            awaitStored(700);
            assertThat(send("PUT", upload + "?digest=" + DIGEST, 300, 1000).statusCode())
                    .isEqualTo(201);
        }
        assertThat(server.get("/v2/app/blobs/" + DIGEST).body()).isEqualTo(new String(BYTES, ISO_8859_1));
    }

    @Test
    void a_part_of_the_json_door_is_taken_and_completed() throws IOException {
        var id = upload.substring(upload.lastIndexOf('/') + 1);
        try (var _ = silent("PATCH", upload, 300, 700)) {
            awaitStored(700);
            server.ecr()
                    .uploadLayerPart(r -> r.repositoryName("app")
                            .uploadId(id)
                            .partFirstByte(300L)
                            .partLastByte(999L)
                            .layerPartBlob(SdkBytes.fromByteArray(Arrays.copyOfRange(BYTES, 300, 1000))));
        }
        assertThat(send("PUT", upload + "?digest=" + DIGEST, 0, 0).statusCode()).isEqualTo(201);
    }

    @Test
    void the_upload_is_cancelled() throws IOException {
        try (var dead = silent("PATCH", upload, 300, 700)) {
            awaitStored(700);
            assertThat(send("DELETE", upload, 0, 0).statusCode()).isEqualTo(204);
            assertThat(dead.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(send("GET", upload, 0, 0).statusCode()).isEqualTo(404);
    }

    @Test
    void what_came_of_a_connection_that_broke_stays_and_what_came_of_a_last_request_does_not() throws IOException {
        try (var _ = silent("PATCH", upload, 300, 700)) {
            awaitStored(700);
        }
        await(() -> header(send("GET", upload, 0, 0), "Range").equals("0-699"));
        try (var _ = silent("PUT", upload + "?digest=" + DIGEST, 700, 900)) {
            awaitStored(900);
        }
        await(() -> stored() == 700);
        assertThat(header(send("GET", upload, 0, 0), "Range")).isEqualTo("0-699");
        assertThat(send("PUT", upload + "?digest=" + DIGEST, 700, 1000).statusCode())
                .isEqualTo(201);
    }

    /// Sends the head of a request with the bytes from `from` to the end, and of those no more than up to `to`.
    private Socket silent(String method, String path, int from, int to) throws IOException {
        var url = server.url(path);
        var socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort());
        var head =
                "%s %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Basic %s\r\nContent-Range: %d-999\r\nContent-Length: %d\r\n\r\n"
                        .formatted(method, path, url.getAuthority(), server.login(), from, 1000 - from);
        socket.getOutputStream().write(head.getBytes(ISO_8859_1));
        socket.getOutputStream().write(BYTES, from, to - from);
        return socket;
    }

    private HttpResponse<String> send(String method, String path, int from, int to) {
        var bytes = Arrays.copyOfRange(BYTES, from, to);
        return from == to
                ? server.send(method, path, bytes)
                : server.send(method, path, bytes, "Content-Range", from + "-" + (to - 1));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse(answer.statusCode() + " without " + name);
    }

    private void awaitStored(long bytes) {
        await(() -> stored() == bytes);
    }

    private long stored() {
        var id = upload.substring(upload.lastIndexOf('/') + 1);
        return data.resolve("blobs")
                .resolve(id.substring(id.length() - 2))
                .resolve(id)
                .toFile()
                .length();
    }

    private static void await(Supplier<Boolean> condition) {
        while (!condition.get()) {
            LockSupport.parkNanos(2_000_000);
        }
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + (i + i / 26) % 26);
        }
        return bytes;
    }
}
