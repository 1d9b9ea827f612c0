package entrepot.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Encryption;
import entrepot.domain.Limits;
import entrepot.domain.Progress;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadsTest {

    private static final String UPLOADS = "/v2/team/app/blobs/uploads/";
    private static final byte[] BYTES = Pushes.bytes(1000);
    private static final Digest DIGEST = Pushes.digest(BYTES);

    private final OciRegistry registry = new OciRegistry(oneUploadAtATime());
    private final Pushes push = new Pushes(registry, "team/app");

    private static Limits oneUploadAtATime() {
        return new Limits(
                new Limits.OfRegistry(10, 10, 10),
                new Limits.OfImage(10, 10),
                new Limits.OfLayer(3, 1_000_000),
                new Limits.OfPrincipal(1, 1 << 30),
                4 << 20);
    }

    @BeforeEach
    void create() {
        registry.create("team/app");
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private Reply chunk(String method, String location, int from, int to) {
        return push.chunk(method, location, BYTES, from, to);
    }

    @Test
    void an_upload_begins_with_a_relative_location() {
        var reply = registry.ask("POST", UPLOADS).send().mustBe(202);
        assertThat(reply.header("Location")).matches("/v2/team/app/blobs/uploads/[0-9a-f-]{36}");
        assertThat(reply.header("Location")).endsWith(reply.header("Docker-Upload-UUID"));
        assertThat(reply.header("Range")).isEqualTo("0-0");
        assertThat(reply.header("OCI-Chunk-Min-Length")).isEqualTo("5242880");
    }

    @Test
    void a_blob_is_streamed_and_then_finished() {
        var location = push.begin();
        var patched = registry.ask("PATCH", location).streamed(BYTES).send().mustBe(202);
        assertThat(patched.header("Location")).isEqualTo(location);
        assertThat(patched.header("Range")).isEqualTo("0-999");
        var finished =
                registry.ask("PUT", location + "?digest=" + DIGEST).send().mustBe(201);
        assertThat(finished.header("Location")).isEqualTo("/v2/team/app/blobs/" + DIGEST);
        assertThat(finished.header("Docker-Content-Digest")).isEqualTo(DIGEST.toString());
        push.assertStored(DIGEST, BYTES);
    }

    @Test
    void a_blob_comes_whole_in_the_last_request() {
        var location = push.begin();
        registry.ask("PUT", location + "?digest=" + DIGEST)
                .streamed(BYTES)
                .send()
                .mustBe(201);
        push.assertStored(DIGEST, BYTES);
    }

    @Test
    void a_blob_comes_in_chunks_that_each_tell_how_far_they_got() {
        var location = push.begin();
        assertThat(chunk("PATCH", location, 0, 300).mustBe(202).header("Range")).isEqualTo("0-299");
        assertThat(chunk("PATCH", location, 300, 600).mustBe(202).header("Range"))
                .isEqualTo("0-599");
        chunk("PUT", location + "?digest=" + DIGEST, 600, 1000).mustBe(201);
        push.assertStored(DIGEST, BYTES);
    }

    @Test
    void a_range_may_be_written_as_rfc_9110_has_it() {
        var location = push.begin();
        registry.ask("PATCH", location)
                .with("Content-Range", "bytes 0-999/*")
                .body(BYTES)
                .send()
                .mustBe(202);
        registry.ask("PUT", location + "?digest=" + DIGEST).send().mustBe(201);
    }

    @Test
    void a_chunk_out_of_order_is_told_where_to_go_on() {
        var location = push.begin();
        var early = chunk("PATCH", location, 300, 600);
        assertThat(early.problem()).isEqualTo("416 BLOB_UPLOAD_INVALID");
        assertThat(early.message()).isEqualTo("First byte of the layer part is 300 instead of 0");
        assertThat(early.header("Range")).isEqualTo("0-0");
        assertThat(early.header("Location")).isEqualTo(location);

        chunk("PATCH", location, 0, 300).mustBe(202);
        for (var from : new int[] {0, 100, 400}) {
            var reply = chunk("PATCH", location, from, from + 300);
            assertThat(reply.problem()).isEqualTo("416 BLOB_UPLOAD_INVALID");
            assertThat(reply.header("Range")).isEqualTo("0-299");
        }
        assertThat(chunk("PUT", location + "?digest=" + DIGEST, 600, 1000).problem())
                .isEqualTo("416 BLOB_UPLOAD_INVALID");
        chunk("PATCH", location, 300, 1000).mustBe(202);
        registry.ask("PUT", location + "?digest=" + DIGEST).send().mustBe(201);
        push.assertStored(DIGEST, BYTES);
    }

    @Test
    void a_chunk_has_the_length_that_it_says() {
        var location = push.begin();
        for (var content : new int[] {0, 9, 11}) {
            var said = registry.ask("PATCH", location).with("Content-Range", "0-9");
            assertThat(said.body(new byte[content]).send().problem()).isEqualTo("416 BLOB_UPLOAD_INVALID");
            assertThat(said.streamed(new byte[content]).send().problem()).isEqualTo("416 BLOB_UPLOAD_INVALID");
        }
        chunk("PATCH", location, 0, 1000).mustBe(202);
        registry.ask("PUT", location + "?digest=" + DIGEST).send().mustBe(201);
    }

    @Test
    void bytes_of_a_refused_chunk_do_not_count_for_the_digest() {
        var location = push.begin();
        chunk("PATCH", location, 0, 300).mustBe(202);
        var refused = registry.ask("PATCH", location).with("Content-Range", "300-600");
        assertThat(refused.streamed(Arrays.copyOfRange(BYTES, 300, 400)).send().problem())
                .isEqualTo("416 BLOB_UPLOAD_INVALID");
        var others = registry.ask("PATCH", location).with("Content-Range", "300-399");
        others.body(new byte[100]).send().mustBe(202);

        var never = Pushes.digest(Arrays.copyOf(BYTES, 400));
        assertThat(registry.ask("PUT", location + "?digest=" + never).send().problem())
                .isEqualTo("400 BLOB_UPLOAD_INVALID");
        var stored = Arrays.copyOf(Arrays.copyOf(BYTES, 300), 400);
        var digest = Pushes.digest(stored);
        registry.ask("PUT", location + "?digest=" + digest).send().mustBe(201);
        push.assertStored(digest, stored);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "-9", "0-", "a-b", "9-0x", "bytes=0-9", "0-9,10-19", "99999999999999999999-1", "-1-5"})
    void a_range_that_is_none_is_refused(String range) {
        var location = push.begin();
        var reply = registry.ask("PATCH", location)
                .with("Content-Range", range)
                .body(BYTES)
                .send();
        assertThat(reply.problem()).isEqualTo("400 BLOB_UPLOAD_INVALID");
        assertThat(registry.ask("GET", location).send().header("Range")).isEqualTo("0-0");
    }

    @Test
    void parts_are_not_counted_here() {
        var location = push.begin();
        for (int i = 0; i < 20; i++) {
            chunk("PATCH", location, i * 50, i * 50 + 50).mustBe(202);
        }
        registry.ask("PUT", location + "?digest=" + DIGEST).send().mustBe(201);
        push.assertStored(DIGEST, BYTES);
    }

    @Test
    void a_wrong_digest_is_refused_and_the_upload_stays() {
        var location = push.begin();
        var wrong = Pushes.digest(new byte[] {1});
        var reply =
                registry.ask("PUT", location + "?digest=" + wrong).body(BYTES).send();
        assertThat(reply.problem()).isEqualTo("400 BLOB_UPLOAD_INVALID");
        assertThat(reply.message()).isEqualTo("None of the provided layer digests match the calculated layer digest");
        registry.ask("PUT", location + "?digest=" + DIGEST).body(BYTES).send().mustBe(201);
        assertThat(registry.ask("GET", "/v2/team/app/blobs/" + wrong).send().problem())
                .isEqualTo("404 BLOB_UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?digest=", "?digest=sha256:x", "?digest=../../etc", "?digest=md5:0123"})
    void no_digest_is_refused_before_a_byte_is_read(String query) {
        var location = push.begin();
        assertThat(registry.ask("PUT", location + query)
                        .brokenOff(BYTES, 0)
                        .send()
                        .problem())
                .isEqualTo("400 DIGEST_INVALID");
        registry.ask("GET", location).send().mustBe(204);
    }

    @Test
    void an_upload_is_finished_twice_with_the_same_answer() {
        var location = push.begin();
        registry.ask("PATCH", location).body(BYTES).send().mustBe(202);
        var first = registry.ask("PUT", location + "?digest=" + DIGEST).send().mustBe(201);
        var second = registry.ask("PUT", location + "?digest=" + DIGEST).send().mustBe(201);
        assertThat(second.response().headers()).isEqualTo(first.response().headers());
        assertThat(registry.ask("GET", location).send().problem()).isEqualTo("404 BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void the_last_chunk_may_be_sent_again_after_a_lost_answer() {
        var location = registry.ask("POST", UPLOADS).send().mustBe(202).header("Location");
        var finish = registry.ask("PUT", location + "?digest=" + DIGEST).body(BYTES);
        var first = finish.send().mustBe(201);

        assertThat(finish.send().mustBe(201).header("Location")).isEqualTo(first.header("Location"));
        assertThat(registry.ask("PUT", location + "?digest=" + Pushes.digest(new byte[] {1}))
                        .body(BYTES)
                        .send()
                        .problem())
                .isEqualTo("400 BLOB_UPLOAD_INVALID");
        assertThat(registry.ask("PUT", UPLOADS + "01890000-0000-7000-8000-000000000000?digest=" + DIGEST)
                        .body(BYTES)
                        .send()
                        .problem())
                .isEqualTo("404 BLOB_UPLOAD_UNKNOWN");
        push.assertStored(DIGEST, BYTES);
    }

    @Test
    void a_blob_that_is_there_is_pushed_again() {
        push.blob(BYTES);
        push.blob(BYTES);
        push.assertStored(DIGEST, BYTES);
    }

    @Test
    void a_damaged_blob_is_repaired_by_pushing_it_again() throws IOException {
        push.blob(BYTES);
        var damaged = registry.metadata
                .read(tx -> tx.layers().blob(DIGEST, Encryption.AES256))
                .orElseThrow()
                .key();
        registry.blobs.append(damaged, Progress.of(0), new Content.Bytes(new byte[BYTES.length]));
        push.blob(BYTES);
        push.assertStored(DIGEST, BYTES);
    }

    @Test
    void a_blob_may_be_of_sha512() {
        var digest = Pushes.digest(Digest.Algorithm.SHA512, BYTES);
        registry.ask("PUT", push.begin() + "?digest=" + digest)
                .body(BYTES)
                .send()
                .mustBe(201);
        push.assertStored(digest, BYTES);
    }

    @Test
    void a_blob_comes_in_one_request() {
        var reply = registry.ask("POST", UPLOADS + "?digest=" + DIGEST)
                .body(BYTES)
                .send()
                .mustBe(201);
        assertThat(reply.header("Location")).isEqualTo("/v2/team/app/blobs/" + DIGEST);
        push.assertStored(DIGEST, BYTES);
        var empty = Pushes.digest(new byte[0]);
        registry.ask("POST", UPLOADS + "?digest=" + empty).send().mustBe(201);
    }

    /// One upload may be open here, so another one tells whether the last is gone.
    @Test
    void what_fails_in_one_request_leaves_no_upload() {
        var wrong = registry.ask("POST", UPLOADS + "?digest=" + Pushes.digest(new byte[] {1}));
        assertThat(wrong.body(BYTES).send().problem()).isEqualTo("400 BLOB_UPLOAD_INVALID");
        assertThatThrownBy(() -> wrong.brokenOff(BYTES, 10).sent()).isInstanceOf(IOException.class);
        push.begin();
    }

    @Test
    void too_many_uploads_are_denied() {
        push.begin();
        assertThat(registry.ask("POST", UPLOADS).send().problem()).isEqualTo("403 DENIED");
    }

    @Test
    void a_layer_too_large_is_denied() {
        var location = push.begin();
        var ask = registry.ask("PATCH", location);
        assertThat(ask.body(new byte[1_000_001]).send().problem()).isEqualTo("403 DENIED");
        assertThat(ask.streamed(new byte[1_000_001]).send().problem()).isEqualTo("403 DENIED");
    }

    @Test
    void a_mount_is_answered_with_an_upload() {
        registry.ask("POST", UPLOADS + "?mount=" + DIGEST + "&from=other/app")
                .send()
                .mustBe(202);
    }

    @Test
    void an_upload_is_cancelled() {
        var location = push.begin();
        registry.ask("DELETE", location).send().mustBe(204);
        for (var method : new String[] {"GET", "PATCH", "DELETE"}) {
            assertThat(registry.ask(method, location).send().problem()).isEqualTo("404 BLOB_UPLOAD_UNKNOWN");
        }
        assertThat(registry.ask("PUT", location + "?digest=" + DIGEST)
                        .body(BYTES)
                        .send()
                        .problem())
                .isEqualTo("404 BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void an_upload_is_known_in_its_own_repository_alone() {
        registry.create("other/app");
        var elsewhere = push.begin().replace("team/app", "other/app");
        assertThat(registry.ask("GET", elsewhere).send().problem()).isEqualTo("404 BLOB_UPLOAD_UNKNOWN");
        assertThat(registry.ask("PUT", elsewhere + "?digest=" + DIGEST)
                        .body(BYTES)
                        .send()
                        .problem())
                .isEqualTo("404 BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void a_push_to_no_repository_is_answered_before_a_byte_is_read() {
        for (var query : new String[] {"", "?digest=" + DIGEST, "?mount=" + DIGEST}) {
            var reply = registry.ask("POST", "/v2/no/such/blobs/uploads/" + query)
                    .brokenOff(BYTES, 0)
                    .send();
            assertThat(reply.problem()).isEqualTo("404 NAME_UNKNOWN");
        }
    }
}
