package entrepot.oci;

import static entrepot.oci.Pushes.OCI_INDEX;
import static entrepot.oci.Pushes.OCI_MANIFEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.TagMutability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestsTest {

    private static final String MANIFESTS = "/v2/team/app/manifests/";
    private static final int LIMIT = 4 << 20;

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

    private Reply ask(String method, String reference) {
        return registry.ask(method, MANIFESTS + reference).send();
    }

    @Test
    void what_is_pushed_is_pulled_byte_by_byte() {
        var manifest = push.image("layer");
        var digest = Pushes.digest(manifest.getBytes(UTF_8)).toString();

        var stored = push.manifest("v1", manifest).mustBe(201);
        assertThat(stored.header("Location")).isEqualTo(MANIFESTS + digest);
        assertThat(stored.header("Docker-Content-Digest")).isEqualTo(digest);
        assertThat(stored.header("OCI-Subject")).isEmpty();

        for (var method : new String[] {"GET", "HEAD"}) {
            for (var reference : new String[] {"v1", digest}) {
                var reply = ask(method, reference).mustBe(200);
                assertThat(reply.text()).isEqualTo(manifest);
                assertThat(reply.header("Content-Type")).isEqualTo(OCI_MANIFEST);
                assertThat(reply.header("Docker-Content-Digest")).isEqualTo(digest);
                assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            }
        }
    }

    @Test
    void get_is_a_pull_and_head_is_none() {
        push.manifest("v1", push.image("layer")).mustBe(201);

        ask("HEAD", "v1").mustBe(200);
        assertThat(registry.pulls.pending(9)).isEmpty();
        ask("GET", "v1").mustBe(200);
        assertThat(registry.pulls.pending(9)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "team/tags/app",
                "team/manifests",
                "xx/manifests/yy",
                "blobs/uploads",
                "xx/blobs/uploads/yy",
                "tags/list"
            })
    void a_repository_may_be_called_like_a_route(String name) {
        registry.create(name);
        var there = new Pushes(registry, name);
        var manifest = there.image("layer");
        there.manifest("v1", manifest).mustBe(201);
        assertThat(registry.ask("GET", "/v2/" + name + "/manifests/v1").send().text())
                .isEqualTo(manifest);
        assertThat(registry.ask("GET", "/v2/" + name + "/tags/list").send().text())
                .isEqualTo("{\"name\":\"" + name + "\",\"tags\":[\"v1\"]}\n");
    }

    @Test
    void the_parameters_of_a_content_type_say_nothing() {
        push.manifest("v1", push.image("layer"), OCI_MANIFEST + "; charset=utf-8")
                .mustBe(201);
        assertThat(ask("GET", "v1").header("Content-Type")).isEqualTo(OCI_MANIFEST);
    }

    @Test
    void a_manifest_that_does_not_say_what_it_is_is_what_its_sender_says() {
        var manifest = push.image("layer").replace("\"mediaType\":\"" + OCI_MANIFEST + "\",", "");
        push.manifest("v1", manifest).mustBe(201);
        assertThat(ask("GET", "v1").header("Content-Type")).isEqualTo(OCI_MANIFEST);
        assertThat(push.manifest("v2", manifest, "application/json").problem()).isEqualTo("400 MANIFEST_INVALID");
    }

    @Test
    void a_push_is_repeated_with_the_same_answer() {
        registry.create("fixed/app", TagMutability.Mode.IMMUTABLE);
        var fixed = new Pushes(registry, "fixed/app");
        var manifest = fixed.image("layer");
        var first = fixed.manifest("v1", manifest).mustBe(201);
        assertThat(fixed.manifest("v1", manifest).mustBe(201).response().headers())
                .isEqualTo(first.response().headers());

        var other = fixed.manifest("v1", fixed.image("other"));
        assertThat(other.problem()).isEqualTo("400 TAG_INVALID");
        assertThat(other.message()).contains("'v1' already exists in the 'fixed/app' repository");
    }

    @Test
    void a_push_by_digest_must_have_that_digest() {
        var manifest = push.image("layer");
        var bytes = manifest.getBytes(UTF_8);
        var sha512 = Pushes.digest(Digest.Algorithm.SHA512, bytes).toString();
        assertThat(push.manifest(sha512, manifest).mustBe(201).header("Docker-Content-Digest"))
                .isEqualTo(sha512);
        assertThat(ask("GET", sha512).text()).isEqualTo(manifest);
        assertThat(push.manifest(Pushes.digest(bytes).toString(), manifest + " ")
                        .problem())
                .isEqualTo("400 MANIFEST_INVALID");
        assertThat(push.manifest("sha256:baddigeststring", manifest).problem()).isEqualTo("400 DIGEST_INVALID");
    }

    @Test
    void a_subject_need_not_exist_and_its_referrers_are_promised() {
        var subject = Pushes.digest(new byte[] {1});
        push.blob("{}");
        push.blob("signature");
        var manifest = Pushes.manifest(
                "{}".getBytes(UTF_8),
                "signature".getBytes(UTF_8),
                ",\"subject\":{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":1}".formatted(OCI_MANIFEST, subject));
        assertThat(push.manifest("sig", manifest).mustBe(201).header("OCI-Subject"))
                .isEqualTo(subject.toString());
    }

    @Test
    void what_is_not_there_is_not_found() {
        assertThat(ask("GET", "v1").problem()).isEqualTo("404 MANIFEST_UNKNOWN");
        assertThat(ask("GET", "v1").message()).isEqualTo("Requested image not found");
        assertThat(ask("HEAD", "sha256:" + "0".repeat(64)).problem()).isEqualTo("404 MANIFEST_UNKNOWN");
        assertThat(ask("DELETE", "v1").problem()).isEqualTo("404 MANIFEST_UNKNOWN");
        for (var method : new String[] {"GET", "HEAD", "DELETE"}) {
            var reply = registry.ask(method, "/v2/no/such/manifests/v1").send();
            assertThat(reply.problem()).isEqualTo("404 NAME_UNKNOWN");
            assertThat(reply.message())
                    .isEqualTo("The repository with name 'no/such' does not exist in the registry with id"
                            + " '123456789012'");
        }
        assertThat(new Pushes(registry, "no/such").manifest("v1", "{}").problem())
                .isEqualTo("404 NAME_UNKNOWN");
    }

    @Test
    void what_a_manifest_names_must_be_there() {
        var config = "{}".getBytes(UTF_8);
        var layer = "layer".getBytes(UTF_8);
        push.blob(config);
        var absent = push.manifest("v1", Pushes.manifest(config, layer, ""));
        assertThat(absent.problem()).isEqualTo("404 MANIFEST_BLOB_UNKNOWN");
        assertThat(absent.message())
                .isEqualTo("Layers with digests '[" + Pushes.digest(layer)
                        + "]' required for pushing image into repository with name 'team/app' in the registry with id"
                        + " '123456789012' do not exist");
        var child = push.manifest("all", Pushes.index("{}"), OCI_INDEX);
        assertThat(child.problem()).isEqualTo("404 MANIFEST_BLOB_UNKNOWN");
        assertThat(child.message()).startsWith("Images with digests '[sha256:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{}", "{\"schemaVersion\":2}", "\u0000", "{\"a\":1,\"a\":2}"})
    void what_cannot_be_read_is_refused_in_the_words_of_ecr(String manifest) {
        var reply = push.manifest("v1", manifest);
        assertThat(reply.problem()).isEqualTo("400 MANIFEST_INVALID");
        assertThat(reply.message())
                .isEqualTo("Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'");
    }

    /// Where ECR has one text for all, the detail tells what is wrong with this one.
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {                                             | It is no JSON from line 1, column 2 on
            {"a":1,"a":2}                                 | It is no JSON from line 1, column 8 on
            []                                            | It is not one JSON object
            {} {}                                         | It is not one JSON object
            null                                          | It is not one JSON object
            {"schemaVersion":1}                           | 'schemaVersion' must be 2
            {"schemaVersion":2}                           | 'config' is missing
            {"schemaVersion":2,"config":[]}               | 'config' must be an object
            {"schemaVersion":2,"config":{}}               | 'config.mediaType' is missing
            {"schemaVersion":2,"manifests":[],"config":{}}| An image has no 'manifests'
            {"schemaVersion":2,"mediaType":7}             | 'mediaType' is no media type
            {"mediaType":"a/b"}                           | It says that it is a/b, and was sent as MANIFEST
            """)
    void what_is_wrong_is_told_in_detail(String manifest, String detail) {
        assertThat(detail(push.manifest("v1", manifest))).isEqualTo(detail.replace("MANIFEST", OCI_MANIFEST));
    }

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "size":5       | "size":6        | DIGEST has 5 bytes, and not 6
            "size":5       | "size":-1       | 'layers[0].size' is no number of bytes
            "size":5       | "size":null     | 'layers[0].size' is missing
            "size":5       | "bytes":5       | 'layers[0].size' is missing
            "digest":"sha  | "digest":"md    | 'layers[0].digest' is no digest by sha256 or sha512
            "layers":[     | "layers":[0,    | 'layers[0]' must be an object
            "layers":[     | "layers":[null, | 'layers[0]' must be an object
            "layers":[     | "layers":1,"x":[| 'layers' must be a list
            image.layer    | image layer     | 'layers[0].mediaType' is no media type
            """)
    void which_member_is_wrong_is_told(String right, String wrong, String detail) {
        var digest = Pushes.digest("layer".getBytes(UTF_8)).toString();
        var manifest = push.image("layer").replaceFirst("(?s)(.*)" + Pattern.quote(right), "$1" + wrong);
        assertThat(detail(push.manifest("v1", manifest))).isEqualTo(detail.replace("DIGEST", digest));
    }

    @Test
    void a_detail_repeats_no_longesttext() {
        var longest = "x".repeat(1 << 20);
        for (var manifest : new String[] {"{\"mediaType\":\"" + longest + "\"}", "{\"" + longest, longest}) {
            assertThat(push.manifest("v1", manifest).mustBe(400).bytes()).hasSizeLessThan(1_000);
        }
    }

    private static String detail(Reply reply) {
        assertThat(reply.problem()).isEqualTo("400 MANIFEST_INVALID");
        return reply.json().path("errors").path(0).path("detail").asString();
    }

    @Test
    void a_manifest_may_have_four_mebibytes_and_no_more() {
        var config = push.blob("{}").toString();
        push.blob("layer");
        var manifest = Pushes.manifest("{}".getBytes(UTF_8), "layer".getBytes(UTF_8), "");
        var largest = manifest + " ".repeat(LIMIT - manifest.length());
        assertThat(config).startsWith("sha256:");
        push.manifest("large", largest).mustBe(201);
        assertThat(ask("GET", "large").bytes()).hasSize(LIMIT);

        assertThat(push.manifest("larger", largest + " ").problem()).isEqualTo("413 MANIFEST_INVALID");
        var streamed = registry.ask("PUT", MANIFESTS + "larger")
                .with("Content-Type", OCI_MANIFEST)
                .streamed((largest + " ").getBytes(UTF_8))
                .send();
        assertThat(streamed.problem()).isEqualTo("413 MANIFEST_INVALID");
        assertThat(streamed.message()).contains("less than or equal to 4194304");
        assertThat(ask("GET", "larger").problem()).isEqualTo("404 MANIFEST_UNKNOWN");
    }

    /// Each of these, read as JSON, would take more than a hundred megabytes.
    @ParameterizedTest
    @ValueSource(strings = {"{},", "[],"})
    void a_manifest_of_a_million_small_things_is_refused_unread(String thing) {
        var bomb = "{\"layers\":[" + thing.repeat(LIMIT / thing.length() - 10) + "0]}";
        assertThat(push.manifest("v1", bomb).problem()).isEqualTo("400 MANIFEST_INVALID");
    }

    @Test
    void an_index_may_have_as_many_children_as_fit() {
        var child = "{\"mediaType\":\"a/b\",\"digest\":\"sha256:%064x\",\"size\":1}";
        var children = IntStream.range(0, 36_000).mapToObj(child::formatted).collect(Collectors.joining(","));
        var reply = push.manifest("all", "{\"schemaVersion\":2,\"manifests\":[" + children + "]}", OCI_INDEX);
        assertThat(reply.problem()).isEqualTo("404 MANIFEST_BLOB_UNKNOWN");
    }

    @Test
    void a_manifest_may_come_in_chunks() {
        registry.ask("PUT", MANIFESTS + "v1")
                .with("Content-Type", OCI_MANIFEST)
                .streamed(push.image("layer").getBytes(UTF_8))
                .send()
                .mustBe(201);
    }

    @Test
    void a_tag_is_deleted_and_its_image_stays() {
        var digest = push.tagged("v1");
        ask("DELETE", "v1").mustBe(202);
        assertThat(ask("GET", "v1").problem()).isEqualTo("404 MANIFEST_UNKNOWN");
        ask("GET", digest).mustBe(200);
        ask("DELETE", digest).mustBe(202);
        assertThat(ask("HEAD", digest).problem()).isEqualTo("404 MANIFEST_UNKNOWN");
    }

    @Test
    void an_image_that_an_index_names_is_not_deleted() {
        var image = push.image("layer");
        var digest = push.manifest("v1", image).header("Docker-Content-Digest");
        var index = push.manifest("all", Pushes.index(image), OCI_INDEX).mustBe(201);
        var refused = ask("DELETE", digest);
        assertThat(refused.problem()).isEqualTo("405 UNSUPPORTED");
        assertThat(refused.message()).startsWith("Requested image referenced by manifest list: [sha256:");
        ask("DELETE", index.header("Docker-Content-Digest")).mustBe(202);
        ask("DELETE", digest).mustBe(202);
    }

    @Test
    void a_manifest_is_seen_through_its_own_repository_alone() {
        var digest = push.tagged("v1");
        registry.create("other/app");
        assertThat(registry.ask("GET", "/v2/other/app/manifests/" + digest)
                        .send()
                        .problem())
                .isEqualTo("404 MANIFEST_UNKNOWN");
    }

    /// The budget of the registry under test is one large body at a time.
    @Test
    void a_client_that_sends_slowly_keeps_no_other_large_manifest_waiting() {
        push.blob("layer");
        push.blob("{}");
        var large = Pushes.manifest("{}".getBytes(UTF_8), "layer".getBytes(UTF_8), note(300_000));

        var slow = registry.ask("PUT", MANIFESTS + "slow")
                .with("Content-Type", OCI_MANIFEST)
                .body(new Pausing(
                        large.getBytes(UTF_8),
                        () -> push.manifest("quick", large).mustBe(201)));

        slow.send().mustBe(201);
    }

    @Test
    void a_large_manifest_does_not_wait_for_its_client_in_memory() {
        push.blob("layer");
        push.blob("{}");
        var large = Pushes.manifest("{}".getBytes(UTF_8), "layer".getBytes(UTF_8), note(300_000));
        push.manifest("large", large).mustBe(201);

        var reply = ask("GET", "large").mustBe(200);
        assertThat(reply.response().body()).isNotInstanceOf(Content.Bytes.class);
        assertThat(reply.text()).isEqualTo(large);
    }

    private static String note(int length) {
        return ",\"annotations\":{\"note\":\"%s\"}".formatted("x".repeat(length));
    }

    /// A body in the middle of which something else happens.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares contents
    private record Pausing(byte[] bytes, Runnable pause) implements Content {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            target.write(ByteBuffer.wrap(bytes, 0, 10));
            pause.run();
            target.write(ByteBuffer.wrap(bytes, 10, bytes.length - 10));
        }
    }
}
