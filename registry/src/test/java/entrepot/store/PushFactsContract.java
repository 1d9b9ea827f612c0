package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.Encryption;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Repository;
import entrepot.domain.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a push is decided by.
public abstract class PushFactsContract extends TablesContract {

    private static final PushFacts.Place READ = new PushFacts.Place(0, false);

    private Repository repository;

    @BeforeEach
    void make_a_repository() {
        repository = repository("app");
    }

    @Test
    void facts_of_an_empty_repository_are_empty() {
        var facts = store().read(tx -> tx.images()
                .factsFor(
                        repository,
                        digest("a"),
                        List.of(new Tag("latest")),
                        List.of(digest("l1")),
                        List.of(digest("c"))));

        assertThat(facts)
                .isEqualTo(new PushFacts(
                        Optional.of(repository), Optional.empty(), Map.of(), Map.of(), Set.of(), Map.of(), 0, 0, READ));
    }

    @Test
    void facts_are_all_that_a_push_is_decided_by() {
        var child = store().transact(tx -> image(tx, repository, "child"));
        var image = store().transact(tx -> image(tx, repository, "a", "one", "two"));
        var tagged = store().transact(tx -> image(tx, repository, "b", "latest"));
        write(tx -> layer(tx, repository, "l1"));
        var blob =
                found(tx -> tx.layers().blob(digest("l1"), Encryption.AES256)).orElseThrow();

        var facts = store().read(tx -> tx.images()
                .factsFor(
                        repository,
                        digest("a"),
                        List.of(new Tag("latest"), new Tag("nowhere")),
                        List.of(digest("l1"), digest("absent")),
                        List.of(digest("child"), digest("absent"))));

        assertThat(facts)
                .isEqualTo(new PushFacts(
                        Optional.of(repository),
                        Optional.of(image),
                        Map.of(new Tag("latest"), tagged),
                        Map.of(digest("l1"), new PushFacts.Blob(blob.id(), 2, null)),
                        Set.of(),
                        Map.of(digest("child"), child),
                        2,
                        3,
                        READ));
    }

    @Test
    void facts_without_a_tag_tell_of_no_tagged_image_and_the_image_is_no_child() {
        var image = store().transact(tx -> image(tx, repository, "a", "latest"));

        assertThat(facts(digest("a")))
                .isEqualTo(new PushFacts(
                        Optional.of(repository),
                        Optional.of(image),
                        Map.of(),
                        Map.of(),
                        Set.of(),
                        Map.of(),
                        1,
                        1,
                        READ));
    }

    @Test
    void facts_of_a_repository_that_is_gone_say_so_whoever_has_its_name() {
        write(tx -> tx.repositories().delete(repository, NOW));
        repository("app");

        assertThat(facts(digest("a")).repository()).isEmpty();
    }

    /// One that is added has the id that was told before, and no other one gets it.
    @Test
    void facts_of_a_push_tell_where_the_image_goes() {
        var id = store().transact(tx -> {
            var seen = tx.images().factsFor(repository, digest("b"), List.of(), List.of(), List.of());
            var added = tx.images()
                    .add(
                            repository,
                            image(digest("b"), Map.of(), List.of()),
                            seen,
                            ManifestBytes.ofText("b"),
                            Cover.NONE);
            assertThat(added.id()).isEqualTo(seen.place().id());
            return added.id();
        });

        var image = found(tx -> tx.images().find(repository, digest("b"))).orElseThrow();
        assertThat(image.id()).isEqualTo(id);
        write(tx -> tx.images().delete(repository, image));
        assertThat(store().transact(tx -> image(tx, repository, "c")).id()).isGreaterThan(id);
    }

    @Test
    void facts_of_a_push_tell_whether_lists_wait_for_it() {
        write(tx -> tx.images()
                .addAbsent(
                        repository,
                        image(tx, repository, "list"),
                        new Images.Absent(Map.of(), List.of(digest("child")))));

        assertThat(store().<Boolean>transact(tx -> place(tx, "child").isAwaited()))
                .isTrue();
        assertThat(store().<Boolean>transact(tx -> place(tx, "other").isAwaited()))
                .isFalse();
    }

    private PushFacts.Place place(Transaction tx, String text) {
        return tx.images()
                .factsFor(repository, digest(text), List.of(), List.of(), List.of())
                .place();
    }

    private PushFacts facts(Digest digest) {
        return store().read(tx -> tx.images().factsFor(repository, digest, List.of(), List.of(), List.of()));
    }
}
