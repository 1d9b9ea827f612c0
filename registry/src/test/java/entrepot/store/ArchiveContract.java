package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Archival;
import entrepot.domain.Digest;
import entrepot.domain.ImageStatus;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.StoredLayer;
import entrepot.domain.Tag;
import entrepot.store.Archive.Name;
import entrepot.store.Archive.Place;
import entrepot.store.Images.Statuses;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class ArchiveContract extends TablesContract {

    private static final Archival ARCHIVED = Archival.NONE.archived(NOW);

    private Repository app;

    @BeforeEach
    void make_a_repository() {
        app = repository("app");
    }

    private StoredImage archived(String text, String... tags) {
        return store().transact(tx -> {
            var image = image(tx, app, text, tags);
            tx.archive().set(app, image, ARCHIVED);
            return tx.images().find(app, digest(text)).orElseThrow();
        });
    }

    @Test
    void the_status_and_its_times_are_found_with_the_image_however_it_is_looked_up() {
        var image = archived("a", "v1");
        var back = ARCHIVED.activating(NOW.plusSeconds(1));

        assertThat(image.archival()).isEqualTo(ARCHIVED);
        assertThat(found(tx -> tx.images().find(app, new Tag("v1")))).contains(image);
        assertThat(found(tx -> tx.images().find(REGISTRY, app.name(), new Tag("v1"), 100)))
                .map(Images.Found::image)
                .contains(image);
        PushFacts facts = store().transact(
                        tx -> tx.images().factsFor(app, digest("a"), List.of(new Tag("v1")), List.of(), List.of()));
        assertThat(facts.image()).contains(image);
        assertThat(facts.tagged()).containsValue(image);

        write(tx -> tx.archive().set(app, image, back));
        assertThat(found(tx -> tx.images().find(app, digest("a"))))
                .map(StoredImage::archival)
                .contains(back);
    }

    @Test
    void names_of_tags_are_those_of_active_images() {
        write(tx -> image(tx, app, "active", "v0", "v2"));
        archived("tagged", "v1", "v3");

        assertThat(listed(tx -> tx.images().tagNames(app, null, 10))).containsExactly(new Tag("v0"), new Tag("v2"));
        assertThat(listed(tx -> tx.images().tagNames(app, "v2", 10))).isEmpty();
    }

    @Test
    void lists_are_of_active_images_or_of_any_and_those_of_the_archive_of_one_status() {
        write(tx -> image(tx, app, "active", "v0"));
        write(tx -> image(tx, app, "loose"));
        var tagged = archived("tagged", "v3", "v1", "v2");
        var untagged = archived("untagged");
        var other = archived("other", "v4");
        write(tx -> tx.archive().set(app, other, ARCHIVED.activating(NOW)));

        assertThat(listed(tx -> tx.images().tags(app, Statuses.ACTIVE, null, 10)))
                .extracting(each -> each.tag().name())
                .containsExactly("v0");
        assertThat(listed(tx -> tx.images().tags(app, Statuses.ANY, "v1", 10)))
                .extracting(each -> each.tag().name())
                .containsExactly("v2", "v3", "v4");
        assertThat(listed(tx -> tx.images().untagged(app, Statuses.ACTIVE, null, 10)))
                .containsExactly(digest("loose"));
        assertThat(listed(tx -> tx.images().untagged(app, Statuses.ANY, null, 10)))
                .containsExactlyInAnyOrder(digest("loose"), digest("untagged"));
        assertThat(digests(listed(tx -> tx.images().images(app, Statuses.ACTIVE, 0, null, 10))))
                .containsExactly(digest("active"), digest("loose"));
        assertThat(digests(listed(tx -> tx.images().images(app, Statuses.ACTIVE, 0, true, 10))))
                .containsExactly(digest("active"));
        assertThat(digests(archive(ImageStatus.ARCHIVED, 0, null)))
                .containsExactly(digest("tagged"), digest("untagged"));
        assertThat(digests(archive(ImageStatus.ARCHIVED, tagged.id(), null))).containsExactly(digest("untagged"));
        assertThat(digests(archive(ImageStatus.ARCHIVED, 0, true))).containsExactly(digest("tagged"));
        assertThat(digests(archive(ImageStatus.ACTIVATING, 0, null))).containsExactly(digest("other"));
        assertThat(names(Place.FIRST, null, 3))
                .containsExactly(name(tagged, "v1"), name(tagged, "v2"), name(tagged, "v3"));
        assertThat(names(new Place(tagged.id(), "v1"), null, 2))
                .containsExactly(name(tagged, "v2"), name(tagged, "v3"));
        assertThat(names(new Place(tagged.id(), "v3"), null, 2))
                .containsExactly(new Name(untagged.id(), untagged.digest(), null));
        assertThat(names(new Place(untagged.id(), ""), null, 2)).isEmpty();
        assertThat(names(Place.FIRST, false, 9)).containsExactly(new Name(untagged.id(), untagged.digest(), null));
        assertThat(listed(tx -> tx.archive().activating(0, 9)))
                .extracting(each -> each.image().digest())
                .containsExactly(digest("other"));
        assertThat(listed(tx -> tx.archive().activating(other.id(), 9))).isEmpty();
    }

    private List<StoredImage> archive(ImageStatus status, long after, @Nullable Boolean tagged) {
        return listed(tx -> tx.archive().images(app, status, after, tagged, 10));
    }

    private List<Name> names(Place after, @Nullable Boolean tagged, int limit) {
        return listed(tx -> tx.archive().names(app, ImageStatus.ARCHIVED, after, tagged, limit));
    }

    private static Name name(StoredImage image, String tag) {
        return new Name(image.id(), image.digest(), new Tag(tag));
    }

    private static List<Digest> digests(List<StoredImage> images) {
        return images.stream().map(StoredImage::digest).toList();
    }

    @Test
    void another_repositorys_archive_is_not_seen() {
        archived("a", "v1");
        var other = repository("other");
        write(tx -> image(tx, other, "a", "v1"));

        assertThat(listed(tx -> tx.archive().images(other, ImageStatus.ARCHIVED, 0, null, 9)))
                .isEmpty();
        assertThat(listed(tx -> tx.archive().names(other, ImageStatus.ARCHIVED, Place.FIRST, null, 9)))
                .isEmpty();
        assertThat(listed(tx -> tx.images().tags(other, Statuses.ACTIVE, null, 9)))
                .hasSize(1);
    }

    @Test
    void an_image_that_is_deleted_or_comes_back_is_in_no_list_of_the_archive() {
        var deleted = archived("deleted");
        var back = archived("back");
        write(tx -> tx.images().delete(app, deleted));
        write(tx -> tx.archive().set(app, back, ARCHIVED.active(NOW)));

        assertThat(archive(ImageStatus.ARCHIVED, 0, null)).isEmpty();
        assertThat(digests(listed(tx -> tx.images().images(app, Statuses.ACTIVE, 0, null, 9))))
                .containsExactly(digest("back"));
    }

    @Test
    void a_change_of_status_counts_as_one_for_policies_that_count_images() {
        var image = store().transact(tx -> image(tx, app, "a"));
        long before = store().read(tx -> tx.images().changes(app));
        write(tx -> tx.archive().set(app, image, ARCHIVED));

        assertThat(store().<Long>read(tx -> tx.images().changes(app))).isEqualTo(before + 1);
    }

    @Test
    void the_images_of_a_list_and_the_lists_that_stand_are_known() {
        write(tx -> image(tx, app, "a"));
        write(tx -> image(tx, app, "b"));
        var first = store().transact(tx -> list(tx, "first", "a", "b"));
        var second = store().transact(tx -> list(tx, "second", "a"));
        var a = found(tx -> tx.images().find(app, digest("a"))).orElseThrow();

        assertThat(digests(listed(tx -> tx.archive().children(first))))
                .containsExactlyInAnyOrder(digest("a"), digest("b"));
        assertThat(listed(tx -> tx.archive().children(a))).isEmpty();
        assertThat(listed(tx -> tx.archive().standingParents(app, a)))
                .containsExactly(digest("first"), digest("second"));
        write(tx -> tx.archive().set(app, first, ARCHIVED));
        write(tx -> tx.archive().set(app, second, ARCHIVED.activating(NOW)));
        assertThat(listed(tx -> tx.archive().standingParents(app, a))).containsExactly(digest("second"));
    }

    private StoredImage list(Transaction tx, String text, String... children) {
        var list = new NewImage(
                digest(text),
                MediaType.OCI_INDEX,
                null,
                null,
                null,
                7,
                Map.of(),
                List.of(children).stream().map(TablesContract::digest).toList(),
                NOW,
                0);
        return tx.images().add(app, list, ManifestBytes.ofText(text), Cover.NONE);
    }

    @Test
    void a_layer_is_archived_where_all_images_of_its_repository_are_that_name_it() {
        var other = repository("other");
        write(tx -> List.of(app, other).forEach(each -> layer(tx, each, "layer")));
        write(tx -> layer(tx, app, "loose"));
        var one = store().transact(tx -> imageOf(tx, app, "one", "layer"));
        var two = store().transact(tx -> imageOf(tx, app, "two", "layer"));
        write(tx -> imageOf(tx, other, "one", "layer"));

        assertThat(isArchived(app, "layer")).isFalse();
        write(tx -> tx.archive().set(app, one, ARCHIVED));
        assertThat(isArchived(app, "layer")).isFalse();
        write(tx -> tx.archive().set(app, two, ARCHIVED.activating(NOW)));
        assertThat(isArchived(app, "layer")).isTrue();
        assertThat(isArchived(app, "loose")).isFalse();
        assertThat(isArchived(other, "layer")).isFalse();
        assertThat(mapped(tx -> tx.garbage().find(app, List.of(digest("layer")), Duration.ofHours(1))))
                .containsOnlyKeys(digest("layer"))
                .allSatisfy((_, known) -> assertThat(known.layer().archived()).isTrue());
        write(tx -> tx.archive().set(app, two, ARCHIVED.active(NOW)));
        assertThat(isArchived(app, "layer")).isFalse();
    }

    private boolean isArchived(Repository repository, String layer) {
        StoredLayer found = layerOf(repository, layer);
        return found.archived();
    }

    private static StoredImage imageOf(Transaction tx, Repository repository, String text, String... layers) {
        var blobs = List.of(layers).stream().collect(Collectors.toMap(TablesContract::digest, _ -> "application/x"));
        return tx.images()
                .add(repository, image(digest(text), blobs, List.of()), ManifestBytes.ofText(text), Cover.NONE);
    }

    /// A list is pushed while its image is archived: either comes too late.
    @Test
    void what_a_list_names_that_comes_is_not_archived_meanwhile() throws InterruptedException {
        write(tx -> image(tx, app, "a"));
        var race = Race.of(
                store()::transactGuarded,
                (tx, hasLooked) -> {
                    var facts = tx.images().factsFor(app, digest("list"), List.of(), List.of(), List.of(digest("a")));
                    hasLooked.run();
                    refuseUnless(facts.children().values().stream()
                            .allMatch(child -> child.archival().isActive()));
                    var list = new NewImage(
                            digest("list"),
                            MediaType.OCI_INDEX,
                            null,
                            null,
                            null,
                            7,
                            Map.of(),
                            List.of(digest("a")),
                            NOW,
                            0);
                    tx.images().add(app, list, facts, ManifestBytes.ofText("list"), Cover.NONE);
                },
                (tx, hasLooked) -> {
                    var image = tx.images().hold(app, digest("a")).orElseThrow();
                    var parents = tx.archive().standingParents(app, image);
                    hasLooked.run();
                    refuseUnless(parents.isEmpty());
                    tx.archive().set(app, image, ARCHIVED);
                });

        assertThat(race.exactlyOne()).isTrue();
    }
}
