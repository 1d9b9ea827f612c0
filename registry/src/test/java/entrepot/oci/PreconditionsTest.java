package entrepot.oci;

import static entrepot.oci.Pushes.OCI_INDEX;
import static entrepot.oci.Pushes.OCI_MANIFEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a request is told that is meant for one state of a thing (RFC 9110, 13).
class PreconditionsTest {

    private static final String MANIFESTS = "/v2/team/app/manifests/";
    private static final String DOCKER = "application/vnd.docker.distribution.manifest.v2+json";
    private static final byte[] BYTES = Pushes.bytes(2048);
    private static final String BLOB = "/v2/team/app/blobs/" + Pushes.digest(BYTES);
    private static final String OTHER = "\"sha256:" + "0".repeat(64) + "\"";

    @AutoClose
    private final OciRegistry registry = new OciRegistry();

    private final Pushes push = new Pushes(registry, "team/app");

    @BeforeEach
    void create() {
        registry.create("team/app");
    }

    private static String quoted(Object digest) {
        return "\"" + digest + "\"";
    }

    private Ask ask(String method, String target, String header, String value) {
        return registry.ask(method, target).with(header, value);
    }

    private Reply put(String reference, String manifest, String header, String value) {
        return ask("PUT", MANIFESTS + reference, header, value)
                .with("Content-Type", OCI_MANIFEST)
                .body(manifest)
                .send();
    }

    private String digestOf(String tag) {
        return registry.ask("GET", MANIFESTS + tag).send().header("Docker-Content-Digest");
    }

    /// D stands for the digest, O for another one.
    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            If-None-Match | "D"            | 304
            If-None-Match | W/"D"          | 304
            If-None-Match | D              | 304
            If-None-Match | *              | 304
            If-None-Match | O              | 200
            If-None-Match | "O"            | 200
            If-None-Match | "*"            | 200
            If-None-Match | "O", W/"D"     | 304
            If-None-Match | ,"O" ,, "D",   | 304
            If-None-Match | "a,D"          | 200
            If-None-Match | ``             | 200
            If-None-Match | "D             | 400
            If-None-Match | "D" "O"        | 400
            If-None-Match | w/"D"          | 400
            If-Match      | "D"            | 200
            If-Match      | *              | 200
            If-Match      | "O", "D"       | 200
            If-Match      | W/"D"          | 412
            If-Match      | "O"            | 412
            If-Match      | ``             | 412
            If-Match      | "D"O           | 400
            """)
    void bytes_are_sent_if_their_reader_wants_them(String header, String value, int status) {
        var manifest = push.tagged("v1");
        push.blob(BYTES);
        for (var method : new String[] {"GET", "HEAD"}) {
            for (var reference : new String[] {"v1", manifest}) {
                check(
                        ask(method, MANIFESTS + reference, header, filled(value, manifest))
                                .send(),
                        status,
                        manifest);
            }
            var blob = Pushes.digest(BYTES).toString();
            check(ask(method, BLOB, header, filled(value, blob)).send(), status, blob);
        }
    }

    private static String filled(String value, String digest) {
        return value.replace("D", digest).replace("O", "sha256:" + "0".repeat(64));
    }

    private static void check(Reply reply, int status, String digest) {
        reply.mustBe(status);
        if (status < 400) {
            assertThat(reply.header("ETag")).isEqualTo(quoted(digest));
            assertThat(reply.header("Docker-Content-Digest")).isEqualTo(digest);
        }
        if (status == 304) {
            assertThat(reply.response().body().length()).isZero();
            assertThat(reply.header("Content-Type")).isEmpty();
        }
        if (status == 412) {
            assertThat(reply.problem()).isEqualTo("412 PRECONDITION_FAILED");
        }
    }

    @Test
    void lines_of_one_header_are_one_list() {
        var digest = push.tagged("v1");
        var ask = ask("GET", MANIFESTS + "v1", "If-None-Match", OTHER);
        ask.send().mustBe(200);
        ask.with("If-None-Match", quoted(digest)).send().mustBe(304);
    }

    @Test
    void a_tag_that_is_the_same_in_the_other_format_has_another_state() {
        var layer = Pushes.LAYER_TYPE;
        assertThat(layer).isEqualTo("application/vnd.oci.image.layer.v1.tar+gzip");
        var digest = push.tagged("v1");
        var converted = ask("GET", MANIFESTS + "v1", "Accept", DOCKER).send().mustBe(200);
        var state = converted.header("ETag");

        assertThat(state).isNotEqualTo(quoted(digest));
        var again = ask("GET", MANIFESTS + "v1", "If-None-Match", state);
        again.send().mustBe(200);
        assertThat(again.with("Accept", DOCKER).send().mustBe(304).header("Vary"))
                .isEqualTo("Accept");
        put("v1", push.image("next"), "If-Match", state).mustBe(201);
        put("v1", push.image("third"), "If-Match", state).mustBe(412);
    }

    @Test
    void what_is_not_there_is_not_found_whatever_the_condition() {
        for (var header : new String[] {"If-Match", "If-None-Match"}) {
            for (var method : new String[] {"GET", "HEAD", "DELETE"}) {
                ask(method, MANIFESTS + "v1", header, "*").send().mustBe(404);
            }
            ask("GET", BLOB, header, "*").send().mustBe(404);
            ask("HEAD", BLOB, header, "*").send().mustBe(404);
        }
    }

    @Test
    void a_tag_that_must_not_be_there_is_set_once() {
        var first = push.image("first");
        var stored = put("v1", first, "If-None-Match", "*").mustBe(201);
        assertThat(stored.header("ETag")).isEqualTo(quoted(stored.header("Docker-Content-Digest")));

        for (var manifest : new String[] {push.image("second"), first}) {
            var refused = put("v1", manifest, "If-None-Match", "*");
            assertThat(refused.problem()).isEqualTo("412 PRECONDITION_FAILED");
            assertThat(refused.message()).contains("'v1' is " + digestOf("v1"));
        }
        assertThat(quoted(digestOf("v1"))).isEqualTo(stored.header("ETag"));
        put("v2", first, "If-None-Match", "*").mustBe(201);
    }

    @Test
    void a_manifest_that_must_not_be_there_is_stored_once() {
        var manifest = push.image("first");
        var digest = Pushes.digest(manifest.getBytes(UTF_8)).toString();
        put(digest, manifest, "If-None-Match", "*").mustBe(201);
        put(digest, manifest, "If-None-Match", "*").mustBe(412);
        put(digest, manifest, "If-Match", quoted(digest)).mustBe(201);
        put(digest, manifest, "If-Match", "*").mustBe(201);
    }

    @Test
    void a_tag_is_moved_from_the_state_that_its_mover_saw() {
        var first = quoted(push.tagged("v1"));
        var second = push.image("second");

        assertThat(put("v1", second, "If-Match", OTHER).message()).contains("'v1' is sha256:");
        put("v1", second, "If-Match", "W/" + first).mustBe(412);
        put("none", second, "If-Match", first).mustBe(412);
        assertThat(put("none", second, "If-Match", "*").mustBe(412).message()).contains("there is no 'none'");
        put("v1", second, "If-None-Match", first).mustBe(412);
        put("v1", second, "If-Match", OTHER + ", " + first).mustBe(201);
        put("v1", push.image("third"), "If-Match", first).mustBe(412);
        put("v1", push.image("third"), "If-None-Match", first).mustBe(201);
    }

    @Test
    void all_tags_of_one_push_are_bound_or_none_is_set() {
        push.tagged("b");
        var manifest = push.image("first");
        put("a?tag=b&tag=c", manifest, "If-None-Match", "*").mustBe(412);
        var digest = Pushes.digest(manifest.getBytes(UTF_8));
        put(digest + "?tag=b", manifest, "If-None-Match", "*").mustBe(412);
        for (var reference : new String[] {"a", "c", digest.toString()}) {
            registry.ask("HEAD", MANIFESTS + reference).send().mustBe(404);
        }
        put("a?tag=c", manifest, "If-None-Match", "*").mustBe(201);
    }

    @Test
    void what_is_refused_stores_nothing() {
        push.tagged("v1");
        var manifest = push.image("second");
        put("v1", manifest, "If-None-Match", "*").mustBe(412);
        registry.ask("GET", MANIFESTS + Pushes.digest(manifest.getBytes(UTF_8)))
                .send()
                .mustBe(404);
        put("v1", manifest, "If-None-Match", "\"unread").mustBe(400);
        put("v1", manifest, "If-Match", "\"un\"read").mustBe(400);
        ask("DELETE", MANIFESTS + "v1", "If-Match", "\"unread").send().mustBe(400);
        registry.ask("HEAD", MANIFESTS + "v1").send().mustBe(200);
    }

    @Test
    void what_is_deleted_is_in_the_state_that_its_deleter_saw() {
        var digest = push.tagged("v1");
        for (var reference : new String[] {"v1", digest}) {
            ask("DELETE", MANIFESTS + reference, "If-Match", OTHER).send().mustBe(412);
            ask("DELETE", MANIFESTS + reference, "If-None-Match", "*").send().mustBe(412);
            ask("DELETE", MANIFESTS + reference, "If-Match", "W/" + quoted(digest))
                    .send()
                    .mustBe(412);
            ask("DELETE", MANIFESTS + reference, "If-Match", quoted(digest))
                    .send()
                    .mustBe(202);
        }
        registry.ask("HEAD", MANIFESTS + digest).send().mustBe(404);
    }

    @Test
    void an_image_is_deleted_by_the_digest_of_its_other_form() {
        var digest = push.tagged("v1");
        var converted = ask("HEAD", MANIFESTS + "v1", "Accept", DOCKER).send().header("Docker-Content-Digest");
        ask("DELETE", MANIFESTS + converted, "If-Match", OTHER).send().mustBe(412);
        ask("DELETE", MANIFESTS + converted, "If-Match", quoted(converted))
                .send()
                .mustBe(202);
        for (var reference : new String[] {converted, digest, "v1"}) {
            registry.ask("GET", MANIFESTS + reference).send().mustBe(404);
            registry.ask("DELETE", MANIFESTS + reference).send().mustBe(404);
        }
    }

    @Test
    void an_index_has_preconditions_too() {
        var image = push.image("layer");
        push.manifest("v1", image).mustBe(201);
        var index = push.manifest("all", Pushes.index(image), OCI_INDEX).mustBe(201);
        ask("GET", MANIFESTS + "all", "If-None-Match", index.header("ETag"))
                .send()
                .mustBe(304);
    }

    /// D stands for the digest.
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "D"                           | 206
            W/"D"                         | 200
            D                             | 200
            "x"                           | 200
            *                             | 200
            ``                            | 200
            Sat, 01 Jan 2028 00:00:00 GMT | 200
            """)
    void a_part_continues_the_same_bytes_alone(String validator, int status) {
        push.blob(BYTES);
        var ask = ask("GET", BLOB, "Range", "bytes=2000-")
                .with("If-Range", validator.replace("D", Pushes.digest(BYTES).toString()));
        assertThat(ask.send().mustBe(status).bytes())
                .isEqualTo(status == 206 ? Arrays.copyOfRange(BYTES, 2000, 2048) : BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=9999-", "bytes=0-1"})
    void a_range_comes_after_all_other_conditions(String range) {
        push.blob(BYTES);
        var ask = ask("GET", BLOB, "Range", range);
        ask.with("If-Range", OTHER).send().mustBe(200);
        ask.with("If-None-Match", "*").send().mustBe(304);
        ask.with("If-Match", OTHER).send().mustBe(412);
        assertThat(ask("GET", BLOB, "If-Range", OTHER).send().mustBe(200).bytes())
                .isEqualTo(BYTES);
    }

    @Test
    void a_list_of_entity_tags_costs_its_length() {
        push.tagged("v1");
        var list = (OTHER + ",").repeat(400);
        ask("GET", MANIFESTS + "v1", "If-None-Match", list).send().mustBe(200);
        ask("GET", MANIFESTS + "v1", "If-None-Match", ",".repeat(31_000)).send().mustBe(200);
        ask("GET", MANIFESTS + "v1", "If-None-Match", "\"".repeat(31_001))
                .send()
                .mustBe(400);
        ask("GET", MANIFESTS + "v1", "If-None-Match", " x".repeat(15_000))
                .send()
                .mustBe(400);
    }
}
