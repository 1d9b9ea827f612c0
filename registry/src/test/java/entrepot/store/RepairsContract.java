package entrepot.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.BlobKey;
import entrepot.domain.Digest;
import entrepot.domain.Encryption;
import entrepot.domain.LayerUpload;
import entrepot.domain.Repository;
import entrepot.domain.StoredLayer;
import entrepot.domain.UploadId;
import entrepot.store.Garbage.Amount;
import entrepot.store.Repairs.Walk;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class RepairsContract extends TablesContract {

    private Repository app;
    private Repository other;

    @BeforeEach
    void make_repositories_with_a_layer() {
        app = repository("app");
        other = repository("other");
        write(tx -> {
            layer(tx, app, "a");
            tx.layers().link(other, blob(tx, "a"), NOW);
            layer(tx, app, "b");
        });
    }

    @Test
    void a_mark_is_seen_through_every_repository_that_has_the_blob() {
        assertThat(mark("a", "is gone")).isTrue();

        assertThat(layerOf(app, "a").damage()).isEqualTo("is gone");
        assertThat(layerOf(other, "a").damage()).isEqualTo("is gone");
        assertThat(layerOf(app, "b").isWhole()).isTrue();
        assertThat(store().<StoredLayer>read(tx -> known(tx, "a")).isWhole()).isFalse();
    }

    @Test
    void a_blob_is_marked_once_and_the_first_words_stay() {
        assertThat(mark("a", "is gone")).isTrue();
        assertThat(mark("a", "is cut")).isFalse();

        assertThat(layerOf(app, "a").damage()).isEqualTo("is gone");
        assertThat(store().<Long>read(tx -> tx.repairs().marked())).isEqualTo(1);
        assertThat(listed(tx -> tx.repairs().marked(0, 10)))
                .extracting(Layers.Blob::digest)
                .containsExactly(digest("a"));
    }

    @Test
    void a_mark_can_be_taken_off() {
        mark("a", "is gone");
        var key = layerOf(app, "a").key();

        assertThat(store().<Boolean>transact(tx -> tx.repairs().unmark(key))).isTrue();
        assertThat(store().<Boolean>transact(tx -> tx.repairs().unmark(key))).isFalse();
        assertThat(layerOf(other, "a").isWhole()).isTrue();
        assertThat(store().<Long>read(tx -> tx.repairs().marked())).isZero();
    }

    @Test
    void other_bytes_take_the_mark_off_and_it_is_not_set_by_what_was_seen_of_the_old_ones() {
        var old = layerOf(app, "a").key();
        mark("a", "is gone");
        var fresh = newKey();

        write(tx -> tx.layers().store(digest("a"), 1, fresh, null, NOW));

        assertThat(layerOf(other, "a").isWhole()).isTrue();
        assertThat(store().<Boolean>transact(tx -> tx.repairs().mark(old, "is gone")))
                .isFalse();
        assertThat(layerOf(other, "a").isWhole()).isTrue();
    }

    @Test
    void a_push_is_told_that_a_damaged_layer_is_not_there() {
        mark("a", "is gone");

        var facts = store().read(
                        tx -> tx.images().factsFor(app, digest("i"), List.of(), digests("a", "b", "c"), List.of()));

        assertThat(facts.blobs()).containsOnlyKeys(digest("b"));
        assertThat(facts.damaged()).containsExactly(digest("a"));
    }

    @Test
    void what_has_a_character_that_no_text_can_have_is_marked_too() {
        assertThat(mark("a", "is\0gone")).isTrue();

        assertThat(layerOf(app, "a").damage()).isEqualTo("isgone");
    }

    @Test
    void keys_of_blobs_uploads_and_what_is_to_be_deleted_are_named_and_no_others() {
        var open = LayerUpload.begin(UploadId.random(NOW), app, "arn:me", null, NOW);
        var begun = LayerUpload.begin(UploadId.random(NOW), app, "arn:me", null, NOW);
        var discarded = newKey();
        var moved = begun.taken(newKey()).taken(newKey());
        write(tx -> {
            tx.uploads().create(open);
            tx.uploads().create(moved);
            tx.layers().discard(discarded, NOW.plus(Duration.ofDays(1)));
        });
        var stored = layerOf(app, "a").key();

        assertThat(named(stored, open.blob(), moved.blob(), begun.blob(), discarded, newKey()))
                .containsExactlyInAnyOrder(stored, open.blob(), moved.blob(), discarded);
        assertThat(named()).isEmpty();
    }

    @Test
    void blobs_are_counted_with_their_sizes() {
        assertThat(store().<Amount>read(tx -> tx.repairs().stored())).isEqualTo(new Amount(2, 2));
    }

    @Test
    void how_far_somebody_has_come_is_kept_under_his_name() {
        assertThat(found(tx -> tx.repairs().walk("check"))).isEmpty();
        var begun = Walk.begin("check", NOW);
        var blob = store().read(tx -> blob(tx, "a"));
        write(tx -> tx.repairs().walked(begun));
        assertThat(found(tx -> tx.repairs().walk("check"))).contains(begun);

        var further = begun.past(blob).pastRepository(app.id()).end(NOW.plusSeconds(1));
        write(tx -> tx.repairs().walked(further));

        assertThat(found(tx -> tx.repairs().walk("check"))).contains(further);
        assertThat(further.looked()).isEqualTo(new Amount(1, 1));
        assertThat(found(tx -> tx.repairs().walk("scrub"))).isEqualTo(Optional.empty());
    }

    private boolean mark(String text, String damage) {
        return store().transact(tx -> tx.repairs().mark(blob(tx, text).key(), damage));
    }

    private Set<BlobKey> named(BlobKey... keys) {
        return store().read(tx -> tx.repairs().named(List.of(keys)));
    }

    private static Layers.Blob blob(Transaction tx, String text) {
        return tx.layers().blob(digest(text), Encryption.AES256).orElseThrow();
    }

    private StoredLayer known(Transaction tx, String text) {
        var known = tx.garbage().find(app, List.of(digest(text)), Duration.ZERO).get(digest(text));
        return requireNonNull(known).layer();
    }

    private static List<Digest> digests(String... texts) {
        return List.of(texts).stream().map(TablesContract::digest).toList();
    }
}
