package entrepot.operation.layer;

import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.isTaken;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Content;
import entrepot.domain.GarbageRules;
import entrepot.domain.Law;
import entrepot.domain.Metered;
import entrepot.domain.RepositoryName;
import entrepot.domain.UploadId;
import entrepot.operation.Layers;
import entrepot.operation.Together;
import entrepot.operation.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class UploadsAtOnceTest {

    private static final int PART = 100_000;
    private static final int WRITERS = 16;

    @AutoClose
    private final World world = World.withApp();

    private final Layers layers = new Layers(world);

    @Test
    void of_two_writers_with_one_range_one_is_taken_whole() throws IOException {
        var upload = layers.begin(APP);

        var taken = Together.call(WRITERS, i -> () -> isTaken(() -> layers.part(Law.OCI, APP, upload, 0, part(i))));

        assertThat(taken).containsOnlyOnce(true);
        assertThat(stored(upload, PART)).isEqualTo(part(taken.indexOf(true)));
        assertThat(layers.received(APP, upload)).isEqualTo(PART);
    }

    @Test
    void writers_without_ranges_follow_one_another_and_no_byte_is_mixed() throws IOException {
        var upload = layers.begin(APP);

        var ends = Together.call(WRITERS, i -> () -> layers.append(APP, upload, new Content.Bytes(part(i))));

        assertThat(new HashSet<>(ends)).hasSize(WRITERS);
        var bytes = stored(upload, WRITERS * PART);
        for (int i = 0; i < WRITERS; i++) {
            var end = Math.toIntExact(ends.get(i)) + 1;
            assertThat(Arrays.copyOfRange(bytes, end - PART, end)).isEqualTo(part(i));
        }
        assertThat(layers.complete(Law.OCI, APP, upload, sha256(bytes))).isEqualTo(sha256(bytes));
    }

    /// Another node, where a client sends again what it was not answered for here.
    @Test
    void who_comes_second_takes_nothing_back_of_what_another_node_has_acknowledged() {
        var upload = layers.begin(APP);
        var elsewhere = new Layers(world);
        var overtaken = new Metered(new Content.Bytes(part(1)), new Metered.Meter() {
            @Override
            public void before(int bytes) {
                elsewhere.append(APP, upload, new Content.Bytes(part(1)));
            }
        });

        assertThat(isTaken(() -> layers.append(APP, upload, overtaken))).isFalse();

        assertThat(elsewhere.received(APP, upload)).isEqualTo(PART);
        assertThat(elsewhere.complete(Law.OCI, APP, upload, sha256(part(1)))).isEqualTo(sha256(part(1)));
    }

    @Test
    void of_many_completes_of_one_upload_ecr_takes_one() {
        var upload = uploaded(APP, part(1));

        var taken = Together.call(
                WRITERS, i -> () -> isTaken(() -> layers.complete(Law.ECR, APP, upload, sha256(part(1)))));

        assertThat(taken).containsOnlyOnce(true);
        assertThat(layers.bytes(APP, sha256(part(1)))).isEqualTo(part(1));
        assertThat(world.discarded()).isEmpty();
    }

    @Test
    void many_completes_of_one_upload_are_all_answered_by_oci() {
        var upload = uploaded(APP, part(1));
        var digest = sha256(part(1));

        var answers = Together.call(WRITERS, i -> () -> layers.complete(Law.OCI, APP, upload, digest));

        assertThat(answers).containsOnly(digest);
        assertThat(layers.bytes(APP, digest)).isEqualTo(part(1));
    }

    @RepeatedTest(5)
    void equal_layers_completed_at_once_keep_the_bytes_of_the_last_and_drop_all_others() {
        world.create(OTHER);
        var digest = sha256(part(1));
        var uploads = Together.call(WRITERS, i -> () -> uploaded(i % 2 == 0 ? APP : OTHER, part(1)));

        Together.call(WRITERS, i -> () -> layers.complete(Law.OCI, i % 2 == 0 ? APP : OTHER, uploads.get(i), digest));

        var kept = layers.stored(APP, digest).key();
        assertThat(layers.stored(OTHER, digest).key()).isEqualTo(kept);
        world.clock.move(GarbageRules.USUAL.replacedStay());
        var keys = uploads.stream().map(UploadId::blobKey).toList();
        assertThat(world.discarded()).hasSize(WRITERS - 1).doesNotContain(kept).isSubsetOf(keys);
        assertThat(layers.bytes(OTHER, digest)).isEqualTo(part(1));
    }

    @Test
    void a_cancel_and_a_complete_at_once_leave_the_layer_or_nothing() {
        for (int i = 0; i < WRITERS; i++) {
            var bytes = part(i);
            var upload = uploaded(APP, bytes);

            var taken = Together.call(
                    2,
                    n -> () -> isTaken(() -> {
                        if (n == 0) {
                            layers.complete(Law.OCI, APP, upload, sha256(bytes));
                        } else {
                            world.call(layers.cancel, new CancelLayerUpload.Input(null, APP, upload));
                        }
                    }));

            assertThat(taken).containsExactlyInAnyOrder(true, false);
            assertThat(layers.has(APP, sha256(bytes))).isEqualTo(taken.getFirst());
            assertThat(world.discarded().contains(upload.blobKey())).isEqualTo(taken.getLast());
        }
    }

    private UploadId uploaded(RepositoryName name, byte[] bytes) {
        var upload = layers.begin(name);
        layers.append(name, upload, new Content.Bytes(bytes));
        return upload;
    }

    private static byte[] part(int writer) {
        var bytes = new byte[PART];
        Arrays.fill(bytes, (byte) writer);
        return bytes;
    }

    private byte[] stored(UploadId upload, int length) throws IOException {
        var bytes = new ByteArrayOutputStream();
        world.blobs.open(upload.blobKey(), length, 0, length).writeTo(Channels.newChannel(bytes));
        return bytes.toByteArray();
    }
}
