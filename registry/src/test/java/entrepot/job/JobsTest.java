package entrepot.job;

import static entrepot.operation.Images.image;
import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Content;
import entrepot.domain.Law;
import entrepot.domain.UploadId;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.World;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// ExpiredUploads, DiscardedBlobs and DeletedRepositories.
class JobsTest {

    private static final byte[] BYTES = "bytes".getBytes(UTF_8);
    private static final Duration EXPIRY = Duration.ofHours(24);

    @AutoClose
    private final World world = World.withApp();

    private final Layers layers = new Layers(world);
    private final ExpiredUploads sweep = new ExpiredUploads(world.metadata, world.clock, EXPIRY);
    private final DiscardedBlobs discardedBlobs = new DiscardedBlobs(world.metadata, world.blobs, world.clock);
    private final DeletedRepositories purge = new DeletedRepositories(world.metadata);

    @Test
    void an_open_upload_ends_when_nothing_has_come_for_as_long_as_it_may_live() throws IOException {
        var upload = uploaded();
        world.clock.move(EXPIRY);
        sweep.runOnce();
        assertThat(layers.received(APP, upload)).isEqualTo(BYTES.length);

        world.clock.move(Duration.ofMillis(1));
        sweep.runOnce();

        assertThat(refusal(() -> layers.received(APP, upload))).startsWith("UploadNotFoundException: ");
        assertThat(world.discarded()).containsExactly(upload.blobKey());
        discardedBlobs.runOnce();
        assertThat(world.blobs.size(upload.blobKey())).isEmpty();
        assertThat(world.discarded()).isEmpty();
    }

    @Test
    void every_part_gives_an_upload_its_whole_life_again() {
        var upload = uploaded();
        world.clock.move(EXPIRY);
        layers.append(APP, upload, new Content.Bytes(BYTES));
        world.clock.move(EXPIRY);

        sweep.runOnce();

        assertThat(layers.received(APP, upload)).isEqualTo(2L * BYTES.length);
    }

    @Test
    void a_completed_upload_is_forgotten_and_its_layer_stays() {
        var upload = uploaded();
        layers.complete(Law.ECR, APP, upload, sha256(BYTES));
        world.clock.move(EXPIRY.plusSeconds(1));

        sweep.runOnce();
        discardedBlobs.runOnce();

        assertThat(refusal(() -> layers.complete(Law.OCI, APP, upload, sha256(BYTES))))
                .startsWith("UploadNotFoundException: ");
        assertThat(layers.bytes(APP, sha256(BYTES))).isEqualTo(BYTES);
    }

    @Test
    void more_uploads_than_are_swept_at_once_are_all_swept() {
        for (int i = 0; i < 501; i++) {
            layers.begin(APP);
        }
        world.clock.move(EXPIRY.plusSeconds(1));

        sweep.runOnce();
        assertThat(world.discarded()).hasSize(501);
        discardedBlobs.runOnce();

        assertThat(world.discarded()).isEmpty();
    }

    @Test
    void an_upload_that_expires_while_its_bytes_come_is_told_so() {
        var upload = uploaded();
        world.clock.move(EXPIRY.plusSeconds(1));

        assertThat(refusal(() -> layers.append(APP, upload, new Meanwhile(sweep::runOnce))))
                .isEqualTo("UploadNotFoundException: The upload with id '" + upload + "' in the repository with name"
                        + " 'app' in registry with id '123456789012' does not exist");
    }

    @Test
    void an_upload_whose_repository_is_made_again_while_its_bytes_come_is_told_so() {
        var upload = uploaded();

        assertThat(refusal(() -> layers.append(APP, upload, new Meanwhile(() -> {
                    world.delete(APP);
                    world.create(APP);
                    purge.runOnce();
                }))))
                .startsWith("UploadNotFoundException: The upload with id '" + upload + "'");
    }

    /// Does something while its bytes come.
    private record Meanwhile(Runnable work) implements Content {
        @Override
        public long length() {
            return -1;
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            work.run();
            new Content.Bytes(BYTES).writeTo(target);
        }
    }

    @Test
    void discarded_bytes_wait_for_their_time() throws IOException {
        var key = uploaded().blobKey();
        world.metadata.transact(tx -> {
            tx.layers().discard(key, world.clock.instant().plusSeconds(60));
            return key;
        });

        discardedBlobs.runOnce();
        assertThat(world.blobs.size(key)).isPresent();
        world.clock.move(Duration.ofSeconds(60));
        discardedBlobs.runOnce();
        assertThat(world.blobs.size(key)).isEmpty();
    }

    @Test
    void a_deleted_repository_leaves_no_rows_and_no_bytes_of_open_uploads() throws IOException {
        world.create(OTHER);
        var images = Images.into(world, OTHER);
        for (int i = 0; i < 20; i++) {
            images.put(OTHER, image("image " + i), "t" + i);
        }
        images.put(OTHER, Images.index(image("image 0")), "all");
        var open = layers.begin(OTHER);
        var id = world.repository(OTHER).id();

        world.delete(OTHER);
        purge.runOnce();

        var left = world.metadata.read(tx -> tx.repositories().find(id));
        assertThat(left).isEmpty();
        discardedBlobs.runOnce();
        assertThat(world.blobs.size(open.blobKey())).isEmpty();
    }

    @Test
    void a_job_with_nothing_to_do_does_nothing() {
        var upload = uploaded();

        sweep.runOnce();
        discardedBlobs.runOnce();
        purge.runOnce();

        assertThat(layers.received(APP, upload)).isEqualTo(BYTES.length);
    }

    private UploadId uploaded() {
        var upload = layers.begin(APP);
        layers.append(APP, upload, new Content.Bytes(BYTES));
        return upload;
    }
}
