package entrepot.operation.layer;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Content;
import entrepot.domain.Law;
import entrepot.domain.LayerError;
import entrepot.domain.Limits;
import entrepot.domain.Progress;
import entrepot.domain.UploadId;
import entrepot.operation.Layers;
import entrepot.operation.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadLayerPartTest {

    @AutoClose
    private World world = World.withApp();

    private Layers layers = new Layers(world);
    private UploadId upload = layers.begin(APP);

    @ParameterizedTest
    @EnumSource
    void parts_go_one_behind_the_other_and_the_last_byte_is_told(Law law) {
        assertThat(layers.part(law, APP, upload, 0, bytes("hello "))).isEqualTo(5);
        assertThat(layers.part(law, APP, upload, 6, bytes("world"))).isEqualTo(10);

        assertThat(complete("hello world")).isEqualTo("hello world");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 4, 5, 7})
    void a_part_elsewhere_is_refused_and_the_last_valid_byte_is_told(long first) {
        layers.part(APP, upload, 0, bytes("hello "));

        var error = World.error(() -> layers.part(APP, upload, first, bytes("x")));

        assertThat(error.type() + ": " + error.message())
                .isEqualTo("InvalidLayerPartException: First byte of the layer part is " + first + " instead of 6");
        assertThat(error)
                .isInstanceOfSatisfying(
                        LayerError.InvalidLayerPart.class,
                        e -> assertThat(e.lastValidByteReceived()).isEqualTo(5));
        assertThat(layers.received(APP, upload)).isEqualTo(6);
    }

    @Test
    void a_first_part_begins_at_nought() {
        assertThat(refusal(() -> layers.part(APP, upload, 1, bytes("x"))))
                .isEqualTo("InvalidLayerPartException: First byte of the layer part is 1 instead of 0");
    }

    @Test
    void the_same_part_again_is_answered_as_before_by_ecr_and_refused_by_oci() {
        layers.part(APP, upload, 0, bytes("hello "));
        layers.part(APP, upload, 6, bytes("world"));

        assertThat(layers.part(Law.ECR, APP, upload, 6, bytes("world"))).isEqualTo(10);
        assertThat(refusal(() -> layers.part(Law.OCI, APP, upload, 6, bytes("world"))))
                .isEqualTo("InvalidLayerPartException: First byte of the layer part is 6 instead of 11");
        assertThat(complete("hello world")).isEqualTo("hello world");
    }

    @Test
    void every_part_again_is_answered_as_before_by_ecr() {
        var parts = List.of("hello ", "world", ", good", " bye");
        var first = 0;
        for (var part : parts) {
            layers.part(APP, upload, first, bytes(part));
            first += part.length();
        }

        var again = new Layers(world);
        assertThat(again.part(APP, upload, 0, bytes("hello "))).isEqualTo(5);
        assertThat(again.part(APP, upload, 6, bytes("world"))).isEqualTo(10);
        assertThat(again.part(APP, upload, 17, bytes(" bye"))).isEqualTo(20);
        for (var other : List.of("jello ", "hello", "hello w")) {
            assertThat(refusal(() -> again.part(APP, upload, 0, bytes(other))))
                    .isEqualTo("InvalidLayerPartException: First byte of the layer part is 0 instead of 21");
        }
        assertThat(refusal(() -> again.part(Law.OCI, APP, upload, 0, bytes("hello "))))
                .startsWith("InvalidLayerPartException: ");
        assertThat(complete("hello world, good bye")).isEqualTo("hello world, good bye");
    }

    @Test
    void a_part_of_bytes_that_were_lost_since_is_not_taken_for_known() throws IOException {
        layers.part(APP, upload, 0, bytes("hello "));
        layers.part(APP, upload, 6, bytes("world"));
        world.blobs.append(upload.blobKey(), Progress.of(8), Content.Bytes.EMPTY);
        var after = new Layers(world);
        assertThat(refusal(() -> after.part(APP, upload, 6, bytes("world"))))
                .isEqualTo("InvalidLayerPartException: First byte of the layer part is 6 instead of 8");

        after.part(APP, upload, 8, bytes("man"));
        assertThat(refusal(() -> after.part(APP, upload, 6, bytes("world"))))
                .isEqualTo("InvalidLayerPartException: First byte of the layer part is 6 instead of 11");
        assertThat(after.part(APP, upload, 0, bytes("hello "))).isEqualTo(5);
        var whole = Layers.sha256(bytes("hello woman"));
        assertThat(after.complete(Law.OCI, APP, upload, whole)).isEqualTo(whole);
    }

    @Test
    void the_same_range_with_other_bytes_is_refused() {
        layers.part(APP, upload, 0, bytes("hello "));
        layers.part(APP, upload, 6, bytes("world"));

        assertThat(refusal(() -> layers.part(APP, upload, 6, bytes("WORLD"))))
                .isEqualTo("InvalidLayerPartException: First byte of the layer part is 6 instead of 11");
        assertThat(refusal(() -> layers.part(APP, upload, 6, bytes("worlds"))))
                .isEqualTo("InvalidLayerPartException: First byte of the layer part is 6 instead of 11");
        assertThat(complete("hello world")).isEqualTo("hello world");
    }

    @ParameterizedTest
    @CsvSource({"0, 4", "0, 6", "0, -1", "3, 2"})
    void a_range_must_be_as_long_as_its_bytes(long first, long last) {
        assertThat(refusal(() -> part(first, last, new Content.Bytes(bytes("hello ")))))
                .isEqualTo(("InvalidLayerPartException: The layer part from byte %d to %d has 6 bytes; the next part"
                                + " begins at byte 0")
                        .formatted(first, last));
        assertThat(layers.received(APP, upload)).isZero();
    }

    @Test
    void a_stream_not_as_long_as_its_range_is_refused_and_may_be_sent_again() {
        layers.part(APP, upload, 0, bytes("a"));

        assertThat(refusal(() -> part(1, 100, new Streamed(new Content.Bytes(bytes("AAAA"))))))
                .startsWith("InvalidLayerPartException: The layer part from byte 1 to 100 has 4 bytes");
        assertThat(layers.received(APP, upload)).isEqualTo(1);

        part(1, 4, new Streamed(new Content.Bytes(bytes("BBBB"))));
        assertThat(refusal(() -> complete("aAAAA"))).startsWith("InvalidLayerException: ");
        assertThat(complete("aBBBB")).isEqualTo("aBBBB");
    }

    @Test
    void what_came_before_a_stream_broke_off_stays() {
        layers.append(APP, upload, new Content.Bytes(bytes("hello ")));

        assertThatThrownBy(() -> layers.append(APP, upload, new BreaksOff("wor")))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage("broke off");
        assertThat(layers.received(APP, upload)).isEqualTo(9);

        layers.append(APP, upload, new Content.Bytes(bytes("ld")));
        assertThat(complete("hello world")).isEqualTo("hello world");
    }

    @Test
    void what_came_of_a_range_that_broke_off_stays_and_may_be_sent_again() {
        layers.part(APP, upload, 0, bytes("a"));

        assertThatThrownBy(() -> part(1, 4, new BreaksOff("AAA"))).isInstanceOf(UncheckedIOException.class);
        assertThat(layers.received(APP, upload)).isEqualTo(4);

        layers.part(APP, upload, 1, bytes("BBB"));
        assertThat(refusal(() -> complete("aAAA"))).startsWith("InvalidLayerException: ");
        assertThat(complete("aBBB")).isEqualTo("aBBB");
    }

    @Test
    void a_stream_of_nothing_changes_nothing() {
        layers.append(APP, upload, new Content.Bytes(bytes("a")));

        assertThat(layers.append(APP, upload, Content.Bytes.EMPTY)).isZero();
        assertThat(layers.received(APP, upload)).isEqualTo(1);
    }

    @Test
    void an_upload_has_as_many_parts_as_it_may() {
        limit(3, 100);
        for (int i = 0; i < 3; i++) {
            layers.part(APP, upload, i, bytes("x"));
        }

        assertThat(refusal(() -> layers.part(APP, upload, 3, bytes("x"))))
                .isEqualTo("LimitExceededException: The upload with id '" + upload
                        + "' already has the maximum allowed number of parts which is '3'");
        assertThat(layers.part(Law.OCI, APP, upload, 3, bytes("x"))).isEqualTo(3);
        assertThat(complete("xxxx")).isEqualTo("xxxx");
    }

    @Test
    void a_layer_is_as_large_as_it_may() {
        limit(100, 5);
        var text = "LimitExceededException: The layer is larger than the maximum allowed size which is '5' bytes";
        layers.part(APP, upload, 0, bytes("abc"));

        assertThat(refusal(() -> layers.part(APP, upload, 3, bytes("def")))).isEqualTo(text);
        assertThat(refusal(() -> layers.append(APP, upload, new Streamed(new Content.Bytes(bytes("def"))))))
                .isEqualTo(text);
        layers.part(APP, upload, 3, bytes("de"));
        assertThat(complete("abcde")).isEqualTo("abcde");
    }

    private void limit(int parts, long bytes) {
        world.close();
        world = World.withApp(new Limits(
                new Limits.OfRegistry(9, 9, 9),
                new Limits.OfImage(9, 9),
                new Limits.OfLayer(parts, bytes),
                new Limits.OfPrincipal(9, 1 << 30),
                999));
        layers = new Layers(world);
        upload = layers.begin(APP);
    }

    @Test
    void an_upload_is_found_in_its_own_repository_only() {
        world.create(OTHER);

        assertThat(refusal(() -> layers.part(OTHER, upload, 0, bytes("x"))))
                .isEqualTo("UploadNotFoundException: The upload with id '" + upload + "' in the repository with name"
                        + " 'other' in registry with id '123456789012' does not exist");
        assertThat(layers.received(APP, upload)).isZero();
    }

    @Test
    void an_upload_that_was_never_begun_or_is_completed_takes_no_part() {
        var unknown = UploadId.random(Instant.EPOCH);
        assertThat(refusal(() -> layers.part(APP, unknown, 0, bytes("x"))))
                .startsWith("UploadNotFoundException: The upload with id '" + unknown + "'");

        layers.part(APP, upload, 0, bytes("x"));
        complete("x");
        assertThat(refusal(() -> layers.part(APP, upload, 1, bytes("y"))))
                .startsWith("UploadNotFoundException: The upload with id '" + upload + "'");
    }

    @Test
    void an_absent_repository_is_told() {
        assertThat(refusal(() -> layers.part(OTHER, upload, 0, bytes("x")))).isEqualTo(World.absent(OTHER));
    }

    @Test
    void another_accounts_upload_is_not_the_callers() {
        var input = new UploadLayerPart.Input(World.STRANGER, APP, upload, 0L, 0L, Content.Bytes.EMPTY);

        assertThat(refusal(() -> world.call(layers.uploadPart, input))).isEqualTo(World.denied("UploadLayerPart", APP));
    }

    private void part(long first, long last, Content bytes) {
        world.call(layers.uploadPart, new UploadLayerPart.Input(null, APP, upload, first, last, bytes));
    }

    /// What the layer's bytes are then.
    private String complete(String text) {
        var digest = layers.complete(Law.OCI, APP, upload, Layers.sha256(bytes(text)));
        return new String(layers.bytes(APP, digest), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
