package entrepot.oci;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Digest;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlobsTest {

    private static final String BLOBS = "/v2/team/app/blobs/";
    private static final byte[] BYTES = Pushes.bytes(2048);
    private static final Digest DIGEST = Pushes.digest(BYTES);

    private final OciRegistry registry = new OciRegistry();
    private final Pushes push = new Pushes(registry, "team/app");

    @BeforeEach
    void create() {
        registry.create("team/app");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void a_blob_is_pulled_as_it_was_pushed() {
        push.blob(BYTES);
        var reply = registry.ask("GET", BLOBS + DIGEST).send().mustBe(200);
        assertThat(reply.bytes()).isEqualTo(BYTES);
        assertThat(reply.response().body().length()).isEqualTo(BYTES.length);
        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(DIGEST.toString());
        assertThat(reply.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(reply.header("Accept-Ranges")).isEqualTo("bytes");
    }

    @Test
    void a_head_tells_the_same_and_reads_nothing() {
        push.blob(BYTES);
        var head = registry.ask("HEAD", BLOBS + DIGEST).send().mustBe(200);
        assertThat(head.response().headers())
                .isEqualTo(registry.ask("GET", BLOBS + DIGEST).send().response().headers());
        assertThat(head.response().body().length()).isEqualTo(BYTES.length);
        assertThatThrownBy(head::bytes).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_layer_is_of_the_type_that_a_manifest_calls_it() {
        push.tagged("v1");
        for (var method : new String[] {"GET", "HEAD"}) {
            assertThat(registry.ask(method, BLOBS + Pushes.digest("v1".getBytes(UTF_8)))
                            .send()
                            .mustBe(200)
                            .header("Content-Type"))
                    .isEqualTo(Pushes.LAYER_TYPE);
        }
    }

    @Test
    void no_browser_believes_what_a_layer_calls_itself() {
        push.blob("{}");
        push.blob("<script>");
        var manifest = Pushes.manifest("{}".getBytes(UTF_8), "<script>".getBytes(UTF_8), "");
        push.manifest("page", manifest.replace(Pushes.LAYER_TYPE, "text/html")).mustBe(201);
        var reply = registry.ask("GET", BLOBS + Pushes.digest("<script>".getBytes(UTF_8)))
                .send();
        assertThat(reply.header("Content-Type")).isEqualTo("text/html");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/x;a=\\u0000", "text/x;a=\\u00e9", "text/x;a=\\r\\nX: y"})
    void a_type_that_no_header_can_hold_is_never_stored(String type) {
        push.blob("{}");
        push.blob("odd");
        var manifest = Pushes.manifest("{}".getBytes(UTF_8), "odd".getBytes(UTF_8), "");
        assertThat(push.manifest("odd", manifest.replace(Pushes.LAYER_TYPE, type))
                        .problem())
                .isEqualTo("400 MANIFEST_INVALID");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            bytes=500-1499  | 500  | 1500
            bytes=0-0       | 0    | 1
            bytes=500-      | 500  | 2048
            bytes=-500      | 1548 | 2048
            bytes=2000-5000 | 2000 | 2048
            bytes=-9999     | 0    | 2048
            bytes=0-99999999999999999999 | 0 | 2048
            """)
    void a_range_is_answered_with_those_bytes(String range, int from, int to) {
        push.blob(BYTES);
        var reply =
                registry.ask("GET", BLOBS + DIGEST).with("Range", range).send().mustBe(206);
        assertThat(reply.bytes()).isEqualTo(Arrays.copyOfRange(BYTES, from, to));
        assertThat(reply.header("Content-Range")).isEqualTo("bytes %d-%d/2048".formatted(from, to - 1));
        assertThat(reply.header("Docker-Content-Digest")).isEqualTo(DIGEST.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=2048-", "bytes=5000-10000", "bytes=-0", "bytes=500-0"})
    void a_range_of_nothing_is_told_how_much_there_is(String range) {
        push.blob(BYTES);
        var reply =
                registry.ask("GET", BLOBS + DIGEST).with("Range", range).send().mustBe(416);
        assertThat(reply.header("Content-Range")).isEqualTo("bytes */2048");
    }

    @Test
    void a_range_is_for_get_alone() {
        push.blob(BYTES);
        registry.ask("HEAD", BLOBS + DIGEST).with("Range", "bytes=0-9").send().mustBe(200);
    }

    @Test
    void a_blob_of_no_bytes_is_a_blob() {
        var digest = push.blob(new byte[0]);
        assertThat(registry.ask("GET", BLOBS + digest).send().mustBe(200).bytes())
                .isEmpty();
        registry.ask("HEAD", BLOBS + digest).send().mustBe(200);
    }

    @Test
    void what_is_not_there_is_not_found() {
        for (var method : new String[] {"GET", "HEAD", "DELETE"}) {
            assertThat(registry.ask(method, BLOBS + DIGEST).send().problem()).isEqualTo("404 BLOB_UNKNOWN");
            assertThat(registry.ask(method, BLOBS + DIGEST).send().message())
                    .isEqualTo("The layer with digest '" + DIGEST + "' does not exist within the repository with name"
                            + " 'team/app' in the registry with id '123456789012'");
            assertThat(registry.ask(method, "/v2/no/such/blobs/" + DIGEST)
                            .send()
                            .problem())
                    .isEqualTo("404 NAME_UNKNOWN");
        }
    }

    @Test
    void a_blob_is_seen_through_its_own_repository_alone() {
        push.blob(BYTES);
        registry.create("other/app");
        for (var method : new String[] {"GET", "HEAD", "DELETE"}) {
            assertThat(registry.ask(method, "/v2/other/app/blobs/" + DIGEST)
                            .send()
                            .problem())
                    .isEqualTo("404 BLOB_UNKNOWN");
        }
    }

    @Test
    void a_blob_that_no_image_names_is_deleted() {
        push.blob(BYTES);
        registry.ask("DELETE", BLOBS + DIGEST).send().mustBe(202);
        assertThat(registry.ask("HEAD", BLOBS + DIGEST).send().problem()).isEqualTo("404 BLOB_UNKNOWN");
    }

    @Test
    void a_blob_that_an_image_names_is_not_deleted() {
        push.tagged("v1");
        var layer = BLOBS + Pushes.digest("v1".getBytes(UTF_8));
        assertThat(registry.ask("DELETE", layer).send().problem()).isEqualTo("405 UNSUPPORTED");
        registry.ask("GET", layer).send().mustBe(200);
    }
}
