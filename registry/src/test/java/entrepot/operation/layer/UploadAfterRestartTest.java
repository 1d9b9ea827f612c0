package entrepot.operation.layer;

import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Law;
import entrepot.domain.Progress;
import entrepot.domain.UploadId;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.store.ForwardedBlobs;
import entrepot.store.NoSuchBlobException;
import entrepot.store.TestStores;
import java.io.IOException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The same stores and another process: nothing of the first one's memory is left.
class UploadAfterRestartTest {

    @AutoClose
    private final World world = World.withApp();

    private final Layers before = new Layers(world);
    private final Layers after = new Layers(world);
    private final UploadId upload = before.begin(APP);

    @BeforeEach
    void send_the_first_part() {
        before.append(APP, upload, text("hello "));
    }

    @Test
    void an_upload_goes_on_where_it_was() {
        assertThat(after.received(APP, upload)).isEqualTo(6);

        after.append(APP, upload, text("world"));
        assertCompletesAs("hello world");
    }

    @Test
    void an_upload_that_was_whole_is_completed() {
        assertCompletesAs("hello ");
    }

    @Test
    void bytes_that_were_not_acknowledged_are_dropped() throws IOException {
        world.blobs.append(upload.blobKey(), Progress.of(6), text("never acknowledged, and long"));

        assertThat(after.received(APP, upload)).isEqualTo(6);
        after.append(APP, upload, text("world"));
        assertCompletesAs("hello world");
    }

    @Test
    void bytes_that_were_not_acknowledged_do_not_become_part_of_the_layer() throws IOException {
        world.blobs.append(upload.blobKey(), Progress.of(6), text("never acknowledged"));

        assertCompletesAs("hello ");
    }

    @Test
    void bytes_that_a_power_loss_took_are_sent_again() throws IOException {
        world.blobs.append(upload.blobKey(), Progress.of(3), Content.Bytes.EMPTY);

        assertThat(after.received(APP, upload)).isEqualTo(3);
        after.append(APP, upload, text("p me"));
        assertCompletesAs("help me");
    }

    @Test
    void an_upload_whose_bytes_are_gone_is_gone() throws IOException {
        world.blobs.delete(upload.blobKey());

        assertThat(refusal(() -> after.received(APP, upload))).startsWith("UploadNotFoundException: ");
        assertThat(refusal(() -> after.append(APP, upload, text("x")))).startsWith("UploadNotFoundException: ");
    }

    /// As S3 may lose the parts of an upload that a rule of its bucket ends.
    @Test
    void an_upload_whose_bytes_are_found_to_be_gone_when_they_are_sealed_is_gone() {
        var forgetful = new ForwardedBlobs(TestStores.blobs()) {
            @Override
            public void seal(BlobKey key, Progress progress) throws IOException {
                throw new NoSuchBlobException(key);
            }
        };
        try (var lossy = World.withApp(forgetful)) {
            var layers = new Layers(lossy);
            var lost = layers.begin(APP);
            layers.append(APP, lost, text("hello "));

            assertThat(refusal(() -> layers.complete(Law.OCI, APP, lost, sha256("hello ".getBytes(UTF_8)))))
                    .startsWith("UploadNotFoundException: ");
        }
    }

    @Test
    void a_completed_upload_is_completed_still() {
        var digest = sha256("hello ".getBytes(UTF_8));
        before.complete(Law.ECR, APP, upload, digest);

        assertThat(after.complete(Law.OCI, APP, upload, digest)).isEqualTo(digest);
    }

    private static Content text(String text) {
        return new Content.Bytes(text.getBytes(UTF_8));
    }

    private void assertCompletesAs(String text) {
        var bytes = text.getBytes(UTF_8);
        var wrong = sha256((text + "never acknowledged").getBytes(UTF_8));
        assertThat(refusal(() -> after.complete(Law.OCI, APP, upload, wrong))).startsWith("InvalidLayerException: ");

        after.complete(Law.OCI, APP, upload, sha256(bytes));
        assertThat(after.bytes(APP, sha256(bytes))).isEqualTo(bytes);
    }
}
