package entrepot.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.BlobKey;
import entrepot.domain.Digest;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What counts of an upload whose requests break off or are refused, and how its client goes on.
class BrokenUploadsTest {

    private static final String UPLOADS = "/v2/team/app/blobs/uploads/";
    private static final byte[] BYTES = Pushes.bytes(1000);
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

    private Reply chunk(String method, String location, int from, int to) {
        return push.chunk(method, location, BYTES, from, to);
    }

    /// Of no byte there is no range, and `0-0` would be one byte.
    @Test
    void an_empty_upload_has_no_range_where_a_client_asks_how_to_go_on() {
        var location = push.begin();
        var status = registry.ask("GET", location).send().mustBe(204);
        assertThat(status.header("Range")).isEqualTo("0-0");
        assertThat(status.header("Location")).isEqualTo(location);
        assertThat(chunk("PATCH", location, 1, 300).header("Range")).isEqualTo("0-0");

        chunk("PATCH", location, 0, 1).mustBe(202);
        assertThat(registry.ask("GET", location).send().header("Range")).isEqualTo("0-0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 250, 400})
    void a_broken_chunk_stays_in_its_place_and_is_sent_again_or_gone_on_from(int from) {
        var location = push.begin();
        var broken = registry.ask("PATCH", location).with("Content-Range", "0-999");
        assertThatThrownBy(() -> broken.brokenOff(BYTES, 400).sent()).isInstanceOf(IOException.class);
        assertThat(registry.ask("GET", location).send().mustBe(204).header("Range"))
                .isEqualTo("0-399");
        assertThat(chunk("PATCH", location, 401, 1000).header("Range")).isEqualTo("0-399");

        chunk("PATCH", location, from, 1000).mustBe(202);
        registry.ask("PUT", location + "?digest=" + DIGEST).send().mustBe(201);
        push.assertStored(DIGEST, BYTES);
    }

    @Test
    void what_was_answered_is_not_written_over_after_a_break() {
        var location = push.begin();
        chunk("PATCH", location, 0, 300).mustBe(202);
        var broken = registry.ask("PATCH", location).with("Content-Range", "300-999");
        assertThatThrownBy(() -> broken.brokenOff(new byte[700], 100).sent()).isInstanceOf(IOException.class);
        assertThat(chunk("PATCH", location, 299, 1000).problem()).isEqualTo("416 BLOB_UPLOAD_INVALID");

        assertThat(chunk("PATCH", location, 300, 350).mustBe(202).header("Range"))
                .isEqualTo("0-349");
        assertThat(chunk("PATCH", location, 300, 1000).problem()).isEqualTo("416 BLOB_UPLOAD_INVALID");
        chunk("PUT", location + "?digest=" + DIGEST, 350, 1000).mustBe(201);
        push.assertStored(DIGEST, BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "300-999"})
    void a_last_request_that_breaks_off_counts_not_at_all_and_is_sent_again(String range) throws IOException {
        var location = push.begin();
        chunk("PATCH", location, 0, 300).mustBe(202);
        var rest = Arrays.copyOfRange(BYTES, 300, 1000);
        var finish = registry.ask("PUT", location + "?digest=" + DIGEST);
        var ranged = range.isEmpty() ? finish : finish.with("Content-Range", range);
        assertThatThrownBy(() -> ranged.brokenOff(rest, 400).sent()).isInstanceOf(IOException.class);

        assertThat(registry.ask("GET", location).send().header("Range")).isEqualTo("0-299");
        assertThat(stored(location)).isEqualTo(300);
        ranged.body(rest).send().mustBe(201);
        push.assertStored(DIGEST, BYTES);
    }

    @Test
    void a_last_request_with_a_wrong_digest_counts_not_at_all() throws IOException {
        var location = push.begin();
        chunk("PATCH", location, 0, 300).mustBe(202);
        var rest = Arrays.copyOfRange(BYTES, 300, 1000);
        for (var algorithm : Digest.Algorithm.values()) {
            var wrong = Pushes.digest(algorithm, new byte[] {1});
            var reply = registry.ask("PUT", location + "?digest=" + wrong).body(rest);
            assertThat(reply.send().problem()).isEqualTo("400 BLOB_UPLOAD_INVALID");
            assertThat(registry.ask("GET", location).send().header("Range")).isEqualTo("0-299");
            assertThat(stored(location)).isEqualTo(300);
        }
        registry.ask("PUT", location + "?digest=" + DIGEST).body(rest).send().mustBe(201);
        push.assertStored(DIGEST, BYTES);
    }

    @Test
    void a_chunk_that_is_refused_leaves_no_byte() throws IOException {
        var location = push.begin();
        var refused = registry.ask("PATCH", location).with("Content-Range", "0-600");
        refused.streamed(BYTES).send();
        assertThat(stored(location)).isZero();
    }

    @Test
    void a_broken_stream_keeps_what_came_and_is_gone_on_from() {
        var location = push.begin();
        assertThatThrownBy(() ->
                        registry.ask("PATCH", location).brokenOff(BYTES, 400).sent())
                .isInstanceOf(IOException.class)
                .hasMessage("the connection was cut");
        var status = registry.ask("GET", location).send().mustBe(204);
        assertThat(status.header("Range")).isEqualTo("0-399");
        assertThat(status.header("Location")).isEqualTo(location);
        chunk("PATCH", location, 400, 1000).mustBe(202);
        registry.ask("PUT", location + "?digest=" + DIGEST).send().mustBe(201);
        push.assertStored(DIGEST, BYTES);
    }

    /// How many bytes of an upload there are, whether they count or not.
    private long stored(String location) throws IOException {
        return registry.blobs
                .size(new BlobKey(location.substring(UPLOADS.length())))
                .orElseThrow();
    }
}
