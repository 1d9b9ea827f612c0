package entrepot.job;

import static entrepot.domain.ImageStatus.ACTIVATING;
import static entrepot.domain.ImageStatus.ACTIVE;
import static entrepot.domain.ImageStatus.ARCHIVED;
import static entrepot.operation.Images.CONFIG;
import static entrepot.operation.Images.LAYER;
import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.Images.image;
import static entrepot.operation.Images.index;
import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.archive.BlobMoves;
import entrepot.archive.BlobPlaces;
import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Encryption;
import entrepot.domain.GarbageRules;
import entrepot.domain.Law;
import entrepot.domain.Progress;
import entrepot.domain.RepositoryName;
import entrepot.domain.StorageClass;
import entrepot.domain.StoredLayer;
import entrepot.operation.Archives;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.operation.image.UpdateImageStorageClass;
import entrepot.store.BlobStore;
import entrepot.store.ForwardedBlobs;
import entrepot.store.Layers.Blob;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Where the bytes of archived images lie, over real operations.
class ArchivedLayersTest {

    private static final GarbageRules RULES = GarbageRules.USUAL;
    private static final byte[] OWN = "a layer of one image ".repeat(10_000).getBytes(UTF_8);

    private final BlobStore first = TestStores.blobs();
    private final BlobStore archive = TestStores.blobs();

    @AutoClose
    private final World world = World.withApp(TestStores.withArchive(first, archive));

    private final Layers layers = new Layers(world);
    private final Images images = Images.into(world, APP);
    private final Archives archives = new Archives(world);

    /// Of an image with a layer of its own.
    private Digest push() {
        layers.push(APP, OWN);
        return images.put(APP, image("own", sha256(OWN), OWN.length), "own");
    }

    private Failures run() {
        return run(archive);
    }

    private Failures run(@Nullable BlobStore target) {
        return job(target).runOnce();
    }

    private ArchivedLayers job(@Nullable BlobStore target) {
        return job(target, world.metadata);
    }

    /// @param moving what moves are written to
    private ArchivedLayers job(@Nullable BlobStore target, MetadataStore moving) {
        var places = new BlobPlaces(world.blobs, target, world.vault);
        return new ArchivedLayers(world.metadata, world.clock, new BlobMoves(moving, places, RULES, world.clock));
    }

    /// What would be collected in a long time is, and it is deleted.
    private void collect() {
        for (int i = 0; i < 3; i++) {
            world.pass(RULES.grace().multipliedBy(3));
            new GarbageCollection(world.metadata, world.clock, RULES).runOnce();
            new DiscardedBlobs(world.metadata, world.blobs, world.clock).runOnce();
        }
    }

    private Blob blob(byte[] bytes, Encryption encryption) {
        return world.metadata
                .read(tx -> tx.layers().blob(sha256(bytes), encryption))
                .orElseThrow();
    }

    private BlobKey key(byte[] bytes) {
        return blob(bytes, Encryption.AES256).key();
    }

    private static boolean has(BlobStore store, BlobKey key) {
        try {
            return store.size(key).isPresent();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private long keys(BlobStore store) {
        try (var keys = store.keys()) {
            return keys.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void the_bytes_that_only_archived_images_use_go_there_and_come_back() {
        var image = push();
        images.put(APP, image("other"), "other");
        var before = key(OWN);

        archives.archive(image);
        assertThat(run().count()).isZero();

        assertThat(key(OWN)).isNotEqualTo(before);
        assertThat(has(archive, key(OWN))).isTrue();
        assertThat(has(first, before)).isTrue(); // for who has begun to read it
        assertThat(has(first, key(CONFIG))).isTrue();
        collect();
        assertThat(has(first, before)).isFalse();
        assertThat(has(archive, key(OWN))).isTrue();

        assertThat(archives.restore(image)).isEqualTo(ACTIVATING);
        assertThat(archives.status(image)).isEqualTo(ACTIVATING);
        assertThat(images.has(APP, byTag("own"))).isFalse();
        var away = key(OWN);
        assertThat(run().count()).isZero();

        assertThat(archives.status(image)).isEqualTo(ACTIVE);
        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
        assertThat(has(first, key(OWN))).isTrue();
        collect();
        assertThat(has(archive, away)).isFalse();
        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
        assertThat(keys(archive)).isZero();
    }

    @Test
    void without_an_archive_only_the_status_changes_and_at_once() {
        var image = push();
        var before = key(OWN);
        archives.archive(image);
        run(null);

        assertThat(key(OWN)).isEqualTo(before);
        assertThat(archives.restore(image)).isEqualTo(ACTIVE);
        run(null);
        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
    }

    @Test
    void an_archive_that_is_configured_later_takes_what_was_archived_before() {
        archives.archive(push());
        run(null);

        run();

        assertThat(has(archive, key(OWN))).isTrue();
    }

    @Test
    void what_another_repository_uses_stays_and_goes_when_that_does_not_any_more() {
        var image = push();
        world.create(OTHER);
        Images.into(world, OTHER);
        layers.push(OTHER, OWN);
        images.put(OTHER, image("own", sha256(OWN), OWN.length), "own");
        archives.archive(image);
        run();
        assertThat(has(first, key(OWN))).isTrue();

        world.delete(OTHER);
        new DeletedRepositories(world.metadata).runOnce();
        world.pass(Duration.ofDays(2));
        run();
        assertThat(has(archive, key(OWN))).isTrue();
    }

    @Test
    void what_an_active_image_leaves_that_is_deleted_goes_there() {
        var image = push();
        var other = images.put(APP, image("another", sha256(OWN), OWN.length), null);
        archives.archive(image);
        run();
        assertThat(has(first, key(OWN))).isTrue();

        images.delete(Law.ECR, APP, byDigest(other));
        run();
        assertThat(has(archive, key(OWN))).isTrue();
        collect();
        assertThat(has(archive, key(OWN))).isTrue();
    }

    @Test
    void encrypted_bytes_are_moved_beside_plain_ones_of_the_same_digest() {
        world.createEncrypted(OTHER);
        Images.into(world, OTHER);
        layers.push(OTHER, OWN);
        images.put(OTHER, image("own", sha256(OWN), OWN.length), "own");
        var plain = push();
        archives.archive(plain);
        run();
        var sealed = key(OTHER);
        assertThat(has(archive, key(OWN))).isTrue();
        assertThat(has(first, sealed)).isTrue();

        archiveOther();
        run();
        assertThat(key(OTHER)).isNotEqualTo(sealed);
        assertThat(has(archive, key(OTHER))).isTrue();

        images.put(OTHER, image("own", sha256(OWN), OWN.length), "own");
        assertThat(layers.bytes(OTHER, sha256(OWN))).isEqualTo(OWN); // from where it is
        run();
        assertThat(has(first, key(OTHER))).isTrue();
        assertThat(layers.bytes(OTHER, sha256(OWN))).isEqualTo(OWN);
    }

    private BlobKey key(RepositoryName repository) {
        return world.metadata.read(tx -> {
            var found = tx.repositories().find(World.ID, repository).orElseThrow();
            return tx.layers().find(found, List.of(sha256(OWN))).values().stream()
                    .map(StoredLayer::key)
                    .findFirst()
                    .orElseThrow();
        });
    }

    private void archiveOther() {
        world.call(
                world.the(UpdateImageStorageClass.class),
                new UpdateImageStorageClass.Input(null, OTHER, byTag("own"), StorageClass.ARCHIVE));
    }

    @Test
    void a_push_of_an_archived_image_is_pulled_at_once_from_where_its_bytes_are() {
        var image = push();
        archives.archive(image);
        run();

        push();
        images.put(APP, image("own", sha256(OWN), OWN.length), "own");
        assertThat(archives.status(image)).isEqualTo(ACTIVE);
        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
        run();
        collect();
        assertThat(has(first, key(OWN))).isTrue();
        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
        assertThat(layers.bytes(APP, sha256(CONFIG))).isEqualTo(CONFIG);
    }

    @Test
    void one_that_is_archived_again_on_its_way_back_stays() {
        var image = push();
        archives.archive(image);
        run();
        archives.restore(image);
        assertThat(archives.archive(image)).isEqualTo(ARCHIVED);
        run();

        assertThat(archives.status(image)).isEqualTo(ARCHIVED);
        assertThat(has(archive, key(OWN))).isTrue();
    }

    @Test
    void a_list_comes_back_when_all_that_it_names_has() {
        var child = push();
        var list = images.put(APP, index(image("own", sha256(OWN), OWN.length)), "list");
        archives.archive(list);
        archives.archive(child);
        run();

        assertThat(archives.restore(list)).isEqualTo(ACTIVATING);
        assertThat(archives.status(child)).isEqualTo(ACTIVATING);
        run();
        run();
        assertThat(List.of(child, list)).allMatch(image -> archives.status(image) == ACTIVE);
    }

    @Test
    void an_archived_image_that_is_deleted_takes_its_bytes_along() {
        var image = push();
        archives.archive(image);
        run();
        images.delete(Law.ECR, APP, byDigest(image));
        collect();

        assertThat(keys(archive)).isZero();
    }

    @Test
    void what_nobody_uses_any_more_is_not_brought_back_to_be_deleted() {
        var image = push();
        archives.archive(image);
        run();
        images.delete(Law.ECR, APP, byDigest(image));
        run();

        assertThat(has(archive, key(OWN))).isTrue();
    }

    @Test
    void damaged_bytes_stay_where_they_are_and_nothing_else_waits_for_them() throws IOException {
        var image = push();
        var before = key(LAYER);
        first.delete(before);
        first.create(before);
        first.seal(before, first.append(before, Progress.NONE, new Content.Bytes("ONE LAYER".getBytes(UTF_8))));
        images.put(APP, image("a"), "a");
        archives.archive(images.put(APP, image("a"), "a"));
        archives.archive(image);

        assertThat(run().count()).isEqualTo(1);

        assertThat(key(LAYER)).isEqualTo(before);
        assertThat(has(archive, key(OWN))).isTrue();
        assertThat(keys(archive)).isEqualTo(2); // with the config
        List<Long> left = world.metadata.read(tx -> tx.archivedBlobs().looks(9));
        assertThat(left).hasSize(1);
    }

    @Test
    void a_push_of_the_same_bytes_while_they_are_copied_wins() {
        var image = push();
        archives.archive(image);
        var overtaken = new ForwardedBlobs(archive) {
            @Override
            public void seal(BlobKey key, Progress progress) throws IOException {
                super.seal(key, progress);
                layers.push(APP, OWN);
            }
        };
        run(overtaken);

        assertThat(has(first, key(OWN))).isTrue();
        assertThat(keys(archive)).isLessThanOrEqualTo(2);
        collect();
        archives.restore(image);
        run();
        assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
    }

    /// Each time that it dies nothing is lost, and nothing is left in the end.
    @Test
    void a_move_may_end_anywhere() {
        var image = push();
        for (int calls = 0; calls < 12; calls++) {
            archives.archive(image);
            run(BrokenOff.dying(archive, calls));
            world.pass(Duration.ofDays(3));
            collect();
            images.put(APP, image("own", sha256(OWN), OWN.length), "own");
            assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
        }
        world.pass(Duration.ofDays(2));
        run();
        collect();
        assertThat(keys(archive)).isZero();
        assertThat(keys(first)).isEqualTo(2); // the layer that no image names has been collected
    }

    @Test
    void a_commit_that_nobody_answers_loses_nothing() {
        var image = push();
        for (int answered = 0; answered < 8; answered++) {
            archives.archive(image);
            job(archive, BrokenOff.unanswered(world.metadata, answered)).runOnce();
            world.pass(Duration.ofDays(3));
            collect();
            images.put(APP, image("own", sha256(OWN), OWN.length), "own");
            assertThat(layers.bytes(APP, sha256(OWN))).isEqualTo(OWN);
        }
    }
}
