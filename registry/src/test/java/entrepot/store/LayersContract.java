package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Digest;
import entrepot.domain.Encryption;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredImage;
import entrepot.domain.StoredLayer;
import entrepot.domain.TagMutability;
import entrepot.store.Layers.Found;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class LayersContract extends TablesContract {

    private Repository repository;

    @BeforeEach
    void make_a_repository() {
        repository = repository("app");
    }

    @Test
    void a_linked_blob_is_found_with_its_size_and_key_and_no_media_type() {
        var key = newKey();
        write(tx -> tx.layers().link(repository, tx.layers().store(digest("a"), 5L << 40, key, null, NOW), NOW));

        assertThat(find(digest("a"), digest("b")))
                .containsExactly(
                        Map.entry(digest("a"), new StoredLayer(digest("a"), 5L << 40, null, key, null, false, null)));
    }

    @Test
    void a_blob_is_found_through_repositories_that_have_it_only() {
        var other = repository("other");
        write(tx -> layer(tx, other, "a"));

        assertThat(find(digest("a"))).isEmpty();
        assertThat(found(tx -> tx.layers().blob(digest("a"), Encryption.AES256)))
                .isPresent();
    }

    @Test
    void a_layer_is_found_from_the_name_of_its_repository_on() {
        var other = repository("other");
        write(tx -> {
            layer(tx, repository, "a");
            addImage(tx, "manifest", "type/b", layer(tx, repository, "b"));
        });

        assertThat(named(repository, "a")).hasValue(new Found(repository, one("a"), false));
        assertThat(named(repository, "b")).hasValue(new Found(repository, one("b"), true));
        assertThat(named(repository, "c")).isEmpty();
        assertThat(named(other, "a")).isEmpty();
        write(tx -> tx.layers().unlink(repository, digest("a")));
        assertThat(named(repository, "a")).isEmpty();
        write(tx -> tx.repositories().delete(repository, NOW));
        assertThat(named(repository, "b")).isEmpty();
    }

    @Test
    void two_questions_are_not_asked_as_one() {
        assertThatThrownBy(() -> store().ask(tx -> List.of(
                        tx.repositories().find(REGISTRY, repository.name()),
                        tx.repositories().find(REGISTRY, repository.name()))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one question");
    }

    private Optional<Found> named(Repository in, String text) {
        return store().ask(tx -> tx.layers().find(in.registry(), in.name(), digest(text)));
    }

    private StoredLayer one(String text) {
        return Objects.requireNonNull(find(digest(text)).get(digest(text)));
    }

    @Test
    void the_repositories_that_have_a_blob_are_found_in_their_registry_alone() {
        var elsewhere = new RegistryId(REGISTRY.account(), "us-east-1");
        var other = repository("other");
        write(tx -> {
            layer(tx, repository, "a");
            var blob = tx.layers().blob(digest("a"), Encryption.AES256).orElseThrow();
            tx.layers().link(other, blob, NOW);
            var far = tx.repositories().create(elsewhere, repository.name(), TagMutability.MUTABLE, false, NOW);
            tx.layers().link(far, blob, NOW);
        });

        assertThat(with("a", 10)).containsExactlyInAnyOrder(repository.name(), other.name());
        assertThat(with("a", 1)).hasSize(1);
        assertThat(with("b", 10)).isEmpty();
        for (int i = 0; i < 5; i++) {
            var name = new RepositoryName("far/" + i);
            write(tx -> tx.layers()
                    .link(
                            tx.repositories().create(elsewhere, name, TagMutability.MUTABLE, false, NOW),
                            tx.layers().blob(digest("a"), Encryption.AES256).orElseThrow(),
                            NOW));
        }
        assertThat(with("a", 2)).containsExactlyInAnyOrder(repository.name(), other.name());
        write(tx -> tx.repositories().delete(other, NOW));
        assertThat(with("a", 10)).containsExactly(repository.name());
    }

    private List<RepositoryName> with(String text, int limit) {
        return listed(tx -> tx.layers().repositoriesWith(REGISTRY, digest(text), Encryption.AES256, limit));
    }

    @Test
    void all_blobs_are_read_in_the_order_of_their_ids_linked_or_not() {
        var linked = store().transact(tx -> tx.layers().store(digest("b"), 1, newKey(), null, NOW));
        var unlinked = store().transact(tx -> tx.layers().store(digest("a"), 2, newKey(), null, NOW));
        write(tx -> tx.layers().link(repository, linked, NOW));

        assertThat(listed(tx -> tx.layers().all(0, 10))).containsExactly(linked, unlinked);
        assertThat(listed(tx -> tx.layers().all(0, 1))).containsExactly(linked);
        assertThat(listed(tx -> tx.layers().all(linked.id(), 10))).containsExactly(unlinked);
    }

    @Test
    void asking_for_nothing_finds_nothing() {
        assertThat(find()).isEmpty();
    }

    @Test
    void digests_of_both_algorithms_are_found() {
        var sha512 = Digest.of(
                Digest.Algorithm.SHA512,
                HexFormat.of().parseHex(digest("a").hex() + digest("b").hex()));
        write(tx -> tx.layers().link(repository, tx.layers().store(sha512, 1, newKey(), null, NOW), NOW));

        assertThat(find(sha512)).containsOnlyKeys(sha512);
    }

    @Test
    void more_digests_than_any_statement_takes_are_found() {
        var digests = new ArrayList<Digest>();
        write(tx -> {
            digests.clear();
            for (int i = 0; i < 1_300; i++) {
                digests.add(layer(tx, repository, "layer " + i));
            }
        });

        assertThat(find(digests.toArray(Digest[]::new))).hasSize(1_300);
    }

    @Test
    void storing_a_known_digest_puts_the_new_key_in_place_of_the_old_one() {
        var newer = newKey();
        var first = store().transact(tx -> tx.layers().store(digest("a"), 1, newKey(), null, NOW));
        write(tx -> tx.layers().link(repository, first, NOW));

        var second = store().transact(tx -> tx.layers().store(digest("a"), 1, newer, null, NOW));

        assertThat(second).isEqualTo(new Layers.Blob(first.id(), digest("a"), 1, newer, null, null));
        assertThat(found(tx -> tx.layers().blob(digest("a"), Encryption.AES256)))
                .contains(second);
        assertThat(layerOf(repository, "a").key()).isEqualTo(newer);
    }

    @Test
    void an_unknown_digest_has_no_blob() {
        assertThat(found(tx -> tx.layers().blob(digest("a"), Encryption.AES256)))
                .isEmpty();
    }

    @Test
    void linking_twice_keeps_what_the_repository_calls_the_blob() {
        write(tx -> addImage(tx, "manifest", "type/a", layer(tx, repository, "a")));
        write(tx -> tx.layers()
                .link(
                        repository,
                        tx.layers().blob(digest("a"), Encryption.AES256).orElseThrow(),
                        NOW));

        assertThat(layerOf(repository, "a").mediaType()).isEqualTo("type/a");
    }

    @Test
    void an_unlinked_blob_is_no_longer_the_repositorys_but_stays_a_blob() {
        var other = repository("other");
        write(tx -> layer(tx, repository, "a"));
        write(tx -> layer(tx, other, "a"));

        write(tx -> tx.layers().unlink(repository, digest("a")));

        assertThat(find(digest("a"))).isEmpty();
        assertThat(mapped(tx -> tx.layers().find(other, List.of(digest("a"))))).isNotEmpty();
    }

    @Test
    void a_blob_that_a_manifest_names_cannot_be_unlinked() {
        write(tx -> addImage(tx, "manifest", "type/a", layer(tx, repository, "a")));

        assertThatThrownBy(() -> write(tx -> tx.layers().unlink(repository, digest("a"))))
                .isInstanceOf(RuntimeException.class);
        assertThat(find(digest("a"))).isNotEmpty();
    }

    @Test
    void a_blob_is_referenced_while_a_manifest_of_the_same_repository_names_it() {
        var other = repository("other");
        write(tx -> layer(tx, other, "a"));
        var image = store().transact(tx -> addImage(tx, "manifest", "type/a", layer(tx, repository, "a")));
        assertThat(isReferenced(repository)).isTrue();
        assertThat(isReferenced(other)).isFalse();

        write(tx -> tx.images().delete(repository, image));

        assertThat(isReferenced(repository)).isFalse();
    }

    @Test
    void discarded_keys_are_due_from_their_time_on_until_they_are_forgotten() {
        var soon = newKey();
        var later = newKey();
        write(tx -> {
            tx.layers().discard(later, NOW.plusSeconds(2));
            tx.layers().discard(soon, NOW.plusSeconds(1));
        });

        assertThat(listed(tx -> tx.layers().discarded(NOW, 100))).isEmpty();
        assertThat(listed(tx -> tx.layers().discarded(NOW.plusSeconds(1), 100))).containsExactly(soon);
        assertThat(listed(tx -> tx.layers().discarded(NOW.plusSeconds(2), 100))).containsExactly(soon, later);
        assertThat(listed(tx -> tx.layers().discarded(NOW.plusSeconds(2), 1))).containsExactly(soon);
        write(tx -> tx.layers().forget(soon));
        assertThat(listed(tx -> tx.layers().discarded(NOW.plusSeconds(2), 100))).containsExactly(later);
    }

    @Test
    void discarding_a_key_again_moves_its_time() {
        var key = newKey();
        write(tx -> tx.layers().discard(key, NOW));
        write(tx -> tx.layers().discard(key, NOW.plusSeconds(1)));

        assertThat(listed(tx -> tx.layers().discarded(NOW, 100))).isEmpty();
        assertThat(listed(tx -> tx.layers().discarded(NOW.plusSeconds(1), 100))).containsExactly(key);
    }

    private Map<Digest, StoredLayer> find(Digest... digests) {
        return store().read(tx -> tx.layers().find(repository, List.of(digests)));
    }

    private boolean isReferenced(Repository in) {
        return store().read(tx -> tx.layers().isReferenced(in, digest("a")));
    }

    private StoredImage addImage(Transaction tx, String text, String mediaType, Digest blob) {
        var image = image(digest(text), Map.of(blob, mediaType), List.of());
        return tx.images().add(repository, image, ManifestBytes.ofText(text), Cover.NONE);
    }
}
