package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Archival;
import entrepot.domain.BlobKey;
import entrepot.domain.Encryption;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.store.ArchivedBlobs.Lying;
import entrepot.store.Layers.Blob;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

public abstract class ArchivedBlobsContract extends TablesContract {

    private static final Archival ARCHIVED = Archival.NONE.archived(NOW);

    private Repository app;
    private StoredImage image;

    @BeforeEach
    void make_an_image() {
        app = repository("app");
        write(tx -> layer(tx, app, "layer"));
        image = store().transact(tx -> imageOf(tx, app, "image"));
    }

    private static StoredImage imageOf(Transaction tx, Repository repository, String text) {
        var blobs = Map.of(digest("layer"), "application/x");
        return tx.images()
                .add(repository, image(digest(text), blobs, List.of()), ManifestBytes.ofText(text), Cover.NONE);
    }

    private Blob blob() {
        return found(tx -> tx.layers().blob(digest("layer"), Encryption.AES256)).orElseThrow();
    }

    private Lying lying() {
        var blob = blob().id();
        return found(tx -> tx.archivedBlobs().lying(blob)).orElseThrow();
    }

    private List<Long> looks() {
        return listed(tx -> tx.archivedBlobs().looks(9));
    }

    private void settle() {
        var blob = blob().id();
        write(tx -> tx.archivedBlobs().settle(tx.archivedBlobs().hold(blob)));
    }

    @Test
    void what_changes_its_status_has_its_layers_looked_at_until_that_is_settled() {
        assertThat(looks()).isEmpty();
        write(tx -> tx.archive().set(app, image, ARCHIVED));
        write(tx -> tx.archive().set(app, image, ARCHIVED));
        assertThat(looks()).containsExactly(blob().id());

        settle();
        assertThat(looks()).isEmpty();
        write(tx -> tx.archive().set(app, image, ARCHIVED.activating(NOW)));
        assertThat(looks()).containsExactly(blob().id());
    }

    @Test
    void what_is_deleted_beside_archived_images_leaves_layers_to_be_looked_at() {
        var other = store().transact(tx -> imageOf(tx, app, "other"));
        var third = store().transact(tx -> imageOf(tx, app, "third"));
        write(tx -> tx.images().delete(app, third));
        assertThat(looks()).isEmpty();

        write(tx -> tx.archive().set(app, image, ARCHIVED));
        settle();
        write(tx -> tx.images().delete(app, other));

        assertThat(looks()).containsExactly(blob().id());
        assertThat(lying().belongsThere()).isTrue();
    }

    @Test
    void a_blob_belongs_there_where_only_archived_images_have_it_in_all_repositories() {
        assertThat(lying()).isEqualTo(new Lying(blob(), false, false));
        write(tx -> tx.archive().set(app, image, ARCHIVED));
        assertThat(lying()).isEqualTo(new Lying(blob(), false, true));

        var other = repository("other");
        var blob = blob();
        write(tx -> tx.layers().link(other, blob, NOW));
        assertThat(lying().belongsThere()).isFalse();
        var second = store().transact(tx -> imageOf(tx, other, "second"));
        assertThat(lying().belongsThere()).isFalse();
        write(tx -> tx.archive().set(other, second, ARCHIVED));
        assertThat(lying().belongsThere()).isTrue();
        write(tx -> tx.archive().set(app, image, ARCHIVED.activating(NOW)));
        assertThat(lying().belongsThere()).isFalse();
        assertThat(found(tx -> tx.archivedBlobs().lying(0))).isEmpty();
    }

    private BlobKey copied() {
        var key = newKey();
        write(tx -> tx.layers().discard(key, 5, NOW, Duration.ofDays(2)));
        return key;
    }

    @Test
    void moved_bytes_are_named_and_kept_and_those_before_are_the_movers_to_discard() {
        var seen = blob();
        var to = copied();
        write(tx -> tx.archivedBlobs().moved(seen, to, true));

        assertThat(blob()).isEqualTo(new Blob(seen.id(), seen.digest(), seen.size(), to, null, null));
        assertThat(lying().isArchived()).isTrue();
        assertThat(holds(tx -> tx.archive().isAway(image))).isTrue();
        assertThat(layerOf(app, "layer").key()).isEqualTo(to);
        assertThat(listed(tx -> tx.layers().discarded(NOW.plus(Duration.ofDays(9)), 9)))
                .isEmpty();

        var back = copied();
        var there = blob();
        write(tx -> tx.archivedBlobs().moved(there, back, false));
        assertThat(lying().isArchived()).isFalse();
        assertThat(holds(tx -> tx.archive().isAway(image))).isFalse();
    }

    @Test
    void a_blob_that_has_other_bytes_by_now_is_not_moved_and_neither_is_one_whose_copy_may_be_gone() {
        var seen = blob();
        var to = copied();
        write(tx -> tx.layers().store(digest("layer"), 5, newKey(), null, NOW));

        assertThatThrownBy(() -> write(tx -> tx.archivedBlobs().moved(seen, to, true)))
                .isInstanceOf(RuntimeException.class);
        var now = blob();
        assertThatThrownBy(() -> write(tx -> tx.archivedBlobs().moved(now, newKey(), true)))
                .isInstanceOf(RuntimeException.class);
        assertThat(lying().isArchived()).isFalse();
    }

    @Test
    void bytes_that_are_pushed_anew_lie_where_all_new_ones_do() {
        var to = copied();
        var before = blob();
        write(tx -> tx.archivedBlobs().moved(before, to, true));
        write(tx -> tx.layers().store(digest("layer"), 5, newKey(), null, NOW));
        assertThat(lying().isArchived()).isFalse();
        assertThat(walk(tx -> tx.archivedBlobs().lookAtBlobs(0, 9))).isEmpty();
    }

    @Test
    void a_walk_looks_at_what_nobody_wrote_down() {
        write(tx -> tx.archive().set(app, image, ARCHIVED));
        settle();
        assertThat(walk(tx -> tx.archivedBlobs().lookAtImages(0, 9))).contains(image.id());
        assertThat(looks()).containsExactly(blob().id());
        assertThat(walk(tx -> tx.archivedBlobs().lookAtImages(image.id(), 9))).isEmpty();

        var to = copied();
        var before = blob();
        write(tx -> tx.archivedBlobs().moved(before, to, true));
        settle();
        walk(tx -> tx.archivedBlobs().lookAtImages(0, 9));
        assertThat(looks()).isEmpty();
        assertThat(walk(tx -> tx.archivedBlobs().lookAtBlobs(0, 9))).contains(blob().id());
        assertThat(looks()).containsExactly(blob().id());
        assertThat(walk(tx -> tx.archivedBlobs().lookAtBlobs(before.id(), 9))).isEmpty();
    }

    private Optional<Long> walk(Function<Transaction, Optional<Long>> walk) {
        return store().transact(walk);
    }

    /// Who settles what he has seen, and who changes it at the same moment: either sees the other's, or there is a look
    /// left.
    @ParameterizedTest
    @ValueSource(strings = {"image", "other"})
    void no_change_is_lost_on_who_has_looked_before_it(String changed) throws InterruptedException {
        write(tx -> imageOf(tx, app, "other"));
        for (var text : List.of("image", "other")) {
            write(tx ->
                    tx.archive().set(app, tx.images().find(app, digest(text)).orElseThrow(), ARCHIVED));
        }
        var blob = blob().id();
        write(tx -> tx.archivedBlobs().settle(tx.archivedBlobs().hold(blob)));
        write(tx -> tx.archive().set(app, image, ARCHIVED));

        Race.of(
                store()::transactGuarded,
                (tx, hasLooked) -> {
                    var held = tx.archivedBlobs().hold(blob);
                    var lying = tx.archivedBlobs().lying(blob).orElseThrow();
                    hasLooked.run();
                    sleep();
                    if (lying.belongsThere()) {
                        tx.archivedBlobs().settle(held);
                    }
                },
                (tx, hasLooked) -> {
                    var held = tx.images().hold(app, digest(changed)).orElseThrow();
                    hasLooked.run();
                    tx.archive().set(app, held, ARCHIVED.activating(NOW));
                });

        assertThat(looks()).containsExactly(blob);
    }

    /// Long enough for the other one to commit, who waits for nothing.
    private static void sleep() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
