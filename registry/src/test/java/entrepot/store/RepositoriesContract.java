package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.AccountId;
import entrepot.domain.LayerUpload;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.ResourceTag;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability;
import entrepot.domain.TagMutability.Filter;
import entrepot.domain.TagMutability.Mode;
import entrepot.domain.UploadId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

public abstract class RepositoriesContract extends TablesContract {

    private static final RegistryId ELSEWHERE = new RegistryId(new AccountId("123456789012"), "us-east-1");
    private static final TagMutability RELEASES =
            new TagMutability(Mode.IMMUTABLE_WITH_EXCLUSION, List.of(new Filter("dev-*"), new Filter("latest")));

    @Test
    void a_repository_is_found_by_name_and_by_id_as_it_was_created() {
        var created = store().transact(
                        tx -> tx.repositories().create(REGISTRY, new RepositoryName("team/app"), RELEASES, true, NOW));

        assertThat(created)
                .isEqualTo(new Repository(
                        created.id(),
                        REGISTRY,
                        new RepositoryName("team/app"),
                        RELEASES,
                        true,
                        created.settingsVersion(),
                        NOW,
                        null));
        assertThat(find("team/app")).contains(created);
        assertThat(found(tx -> tx.repositories().find(created.id()))).contains(created);
    }

    @Test
    void an_absent_repository_is_not_found() {
        var app = repository("app");

        assertThat(find("other")).isEmpty();
        assertThat(found(tx -> tx.repositories().find(app.id() + 1))).isEmpty();
        assertThat(found(tx -> tx.repositories().find(ELSEWHERE, app.name()))).isEmpty();
    }

    @Test
    void all_repositories_are_read_in_the_order_of_their_ids_but_deleted_ones() {
        var first = repository("zz");
        var deleted = repository("gone");
        var elsewhere = store().transact(
                        tx -> tx.repositories().create(ELSEWHERE, first.name(), TagMutability.MUTABLE, false, NOW));
        write(tx -> tx.repositories().delete(deleted, NOW));

        assertThat(listed(tx -> tx.repositories().all(0, 10))).containsExactly(first, elsewhere);
        assertThat(listed(tx -> tx.repositories().all(0, 1))).containsExactly(first);
        assertThat(listed(tx -> tx.repositories().all(first.id(), 10))).containsExactly(elsewhere);
    }

    @Test
    void a_name_is_free_in_every_other_registry_only() {
        var app = repository("app");
        var other = store().transact(
                        tx -> tx.repositories().create(ELSEWHERE, app.name(), TagMutability.MUTABLE, false, NOW));

        assertThat(other.registry()).isEqualTo(ELSEWHERE);
        assertThatThrownBy(() -> repository("app")).isInstanceOf(RuntimeException.class);
        assertThat(find("app")).contains(app);
    }

    @Test
    void a_list_is_in_the_byte_order_of_names_and_goes_on_after_a_name() {
        List.of("b", "a-b", "a/b", "a.b", "ab", "a_b").forEach(name -> repository(name + "x"));
        store().transact(tx ->
                tx.repositories().create(ELSEWHERE, new RepositoryName("aaa"), TagMutability.MUTABLE, false, NOW));

        assertThat(names(null, 100)).containsExactly("a-bx", "a.bx", "a/bx", "a_bx", "abx", "bx");
        assertThat(names("a.bx", 2)).containsExactly("a/bx", "a_bx");
        assertThat(names("a/b", 1)).containsExactly("a/bx");
        assertThat(names("bx", 100)).isEmpty();
    }

    @Test
    void repositories_are_counted_by_registry() {
        assertThat(count()).isZero();
        repository("app");
        var deleted = repository("deleted");
        write(tx -> tx.repositories().delete(deleted, NOW));
        store().transact(tx ->
                tx.repositories().create(ELSEWHERE, new RepositoryName("app"), TagMutability.MUTABLE, false, NOW));

        assertThat(count()).isEqualTo(1);
    }

    @Test
    void each_change_of_a_setting_is_a_new_version() {
        var app = repository("app");
        write(tx -> tx.repositories().setTagMutability(app, RELEASES));
        write(tx -> tx.repositories().setScanOnPush(app, true));

        assertThat(find("app"))
                .contains(new Repository(
                        app.id(), REGISTRY, app.name(), RELEASES, true, app.settingsVersion() + 2, NOW, null));
        write(tx -> tx.repositories().setTagMutability(app, TagMutability.MUTABLE));
        assertThat(find("app").orElseThrow().tagMutability()).isEqualTo(TagMutability.MUTABLE);
    }

    @Test
    void a_repository_has_images_while_it_has_a_manifest() {
        var app = repository("app");
        assertThat(hasImages(app)).isFalse();
        var image = store().transact(tx -> image(tx, app, "manifest"));
        assertThat(hasImages(app)).isTrue();
        write(tx -> tx.images().delete(app, image));
        assertThat(hasImages(app)).isFalse();
    }

    @Test
    void a_deleted_repository_is_gone_and_its_name_is_free_for_another_one() {
        var app = repository("app");
        write(tx -> image(tx, app, "manifest", "latest"));
        write(tx -> tx.repositories().delete(app, NOW));

        assertThat(find("app")).isEmpty();
        assertThat(found(tx -> tx.repositories().find(app.id()))).isEmpty();
        assertThat(names(null, 100)).isEmpty();
        var again = repository("app");
        assertThat(again.id()).isNotEqualTo(app.id());
        assertThat(hasImages(again)).isFalse();
    }

    @Test
    void the_id_of_a_purged_repository_is_never_used_again() {
        var app = repository("app");
        write(tx -> tx.repositories().delete(app, NOW));
        assertThat(purge(100)).isTrue();

        assertThat(repository("app").id()).isGreaterThan(app.id());
    }

    @Test
    void purging_takes_deleted_repositories_bit_by_bit_and_no_others() {
        var kept = repository("kept");
        var keptImage = store().transact(tx -> filled(tx, kept));
        var deleted = List.of(repository("one"), repository("two"));
        deleted.forEach(repository -> write(tx -> filled(tx, repository)));
        deleted.forEach(repository -> write(tx -> tx.repositories().delete(repository, NOW)));

        int turns = 0;
        while (purge(2)) {
            turns++;
        }

        assertThat(turns).isGreaterThan(8);
        assertThat(found(tx -> tx.images().find(kept, new Tag("latest")))).contains(keptImage);
        assertThat(listed(tx -> tx.repositories().tags(kept))).hasSize(1);
        assertThat(listed(tx -> tx.images().images(deleted.getFirst(), 0, null, 100)))
                .isEmpty();
        assertThat(mapped(tx -> tx.layers().find(deleted.getFirst(), List.of(digest("layer")))))
                .isEmpty();
    }

    @Test
    void purging_discards_the_bytes_of_uploads_that_became_no_blob() {
        var app = repository("app");
        var open = LayerUpload.begin(UploadId.random(NOW), app, "arn:alice", NOW);
        var done = LayerUpload.begin(UploadId.random(NOW), app, "arn:alice", NOW);
        write(tx -> {
            tx.uploads().create(open);
            tx.uploads().create(done.completed(digest("layer"), NOW));
            tx.layers().store(digest("layer"), 1, done.id().blobKey(), null, NOW);
            tx.repositories().delete(app, NOW.plusSeconds(5));
        });
        while (purge(100)) {
            assertThat(find("app")).isEmpty();
        }

        assertThat(listed(tx -> tx.layers().discarded(NOW.plusSeconds(4), 100))).isEmpty();
        assertThat(listed(tx -> tx.layers().discarded(NOW.plusSeconds(5), 100)))
                .containsExactly(open.id().blobKey());
        assertThat(listed(tx -> tx.uploads().untouchedSince(NOW.plusSeconds(9), 100)))
                .isEmpty();
    }

    @Test
    void a_deleted_repository_is_listed_until_its_last_row_is_gone() {
        var kept = repository("kept");
        var one = repository("one");
        var two = repository("two");
        for (var repository : List.of(two, one)) {
            write(tx -> tx.repositories().delete(repository, NOW));
        }

        assertThat(listed(tx -> tx.repositories().deleted(100))).containsExactly(one.id(), two.id());
        assertThat(listed(tx -> tx.repositories().deleted(1))).containsExactly(one.id());
        assertThat(purge(two, 1)).isFalse();
        assertThat(purge(kept, 100)).isFalse();
        assertThat(listed(tx -> tx.repositories().deleted(100))).containsExactly(one.id());
        assertThat(find("kept")).isPresent();
    }

    private boolean purge(Repository repository, int rows) {
        return store().transact(tx -> tx.repositories().purge(repository.id(), rows));
    }

    @Test
    void with_nothing_deleted_there_is_nothing_to_purge() {
        repository("app");

        assertThat(purge(100)).isFalse();
        assertThat(find("app")).isPresent();
    }

    @Test
    void resource_tags_are_put_replaced_and_removed_by_key() {
        var app = repository("app");
        write(tx -> tx.repositories()
                .putTags(app, List.of(new ResourceTag("b", "1"), new ResourceTag("a", ""), new ResourceTag("B", "3"))));
        assertThat(tags(app))
                .containsExactly(new ResourceTag("B", "3"), new ResourceTag("a", ""), new ResourceTag("b", "1"));

        write(tx -> tx.repositories().putTags(app, List.of(new ResourceTag("b", "2"))));
        write(tx -> tx.repositories().removeTags(app, List.of("B", "absent")));

        assertThat(tags(app)).containsExactly(new ResourceTag("a", ""), new ResourceTag("b", "2"));
        assertThat(tags(repository("other"))).isEmpty();
    }

    /// An image with everything that a repository can have.
    private static StoredImage filled(Transaction tx, Repository repository) {
        var layer = layer(tx, repository, "layer");
        var child = tx.images()
                .add(
                        repository,
                        image(digest("child"), Map.of(layer, "a/b"), List.of()),
                        ManifestBytes.ofText("child"),
                        Cover.NONE);
        var list = image(digest("list"), Map.of(), List.of(child.digest()));
        var image = tx.images().add(repository, list, ManifestBytes.ofText("list"), Cover.NONE);
        tx.images().tag(repository, new Tag("latest"), image, NOW);
        tx.repositories().putTags(repository, List.of(new ResourceTag("team", "a")));
        tx.uploads().create(LayerUpload.begin(UploadId.random(NOW), repository, "arn:alice", NOW));
        return image;
    }

    private Optional<Repository> find(String name) {
        return store().read(tx -> tx.repositories().find(REGISTRY, new RepositoryName(name)));
    }

    private List<String> names(@Nullable String after, int limit) {
        return store().read(tx -> tx.repositories().list(REGISTRY, after, limit).stream()
                .map(repository -> repository.name().value())
                .toList());
    }

    private int count() {
        return store().read(tx -> tx.repositories().count(REGISTRY));
    }

    private boolean hasImages(Repository repository) {
        return store().read(tx -> tx.repositories().hasImages(repository));
    }

    private boolean purge(int rows) {
        return store().transact(tx -> {
            var next = tx.repositories().deleted(1);
            next.forEach(id -> tx.repositories().purge(id, rows));
            return !next.isEmpty();
        });
    }

    private List<ResourceTag> tags(Repository repository) {
        return store().read(tx -> tx.repositories().tags(repository));
    }
}
