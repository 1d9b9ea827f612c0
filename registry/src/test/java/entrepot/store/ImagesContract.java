package entrepot.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Archival;
import entrepot.domain.Digest;
import entrepot.domain.EveryApiError;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.Reference;
import entrepot.domain.Referral;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public abstract class ImagesContract extends TablesContract {

    private Repository repository;

    @BeforeEach
    void make_a_repository() {
        repository = repository("app");
    }

    @Test
    void an_image_is_found_by_the_digest_of_its_other_format_in_its_own_repository() {
        var other = repository("other");
        var first = converted("a");
        var second = converted("b");

        assertThat(found(tx -> tx.images().findConverted(repository, digest("converted"))))
                .contains(first);
        assertThat(listed(tx -> tx.images().allConverted(repository, digest("converted"), 9)))
                .containsExactly(first, second);
        assertThat(listed(tx -> tx.images().allConverted(repository, digest("converted"), 1)))
                .containsExactly(first);
        assertThat(listed(tx -> tx.images().allConverted(repository, digest("none"), 9)))
                .isEmpty();
        assertThat(found(tx -> tx.images().converted(second))).contains(digest("converted"));
        assertThat(found(tx -> tx.images().findConverted(other, digest("converted"))))
                .isEmpty();
        assertThat(found(tx -> tx.images().find(repository, digest("converted"))))
                .isEmpty();
        write(tx -> tx.images().delete(repository, first));
        assertThat(found(tx -> tx.images().findConverted(repository, digest("converted"))))
                .map(StoredImage::digest)
                .contains(digest("b"));
    }

    private StoredImage converted(String text) {
        var image = new NewImage(
                digest(text), MediaType.OCI_MANIFEST, null, null, digest("converted"), 7, Map.of(), List.of(), NOW, 0);
        return store().transact(tx -> tx.images().add(repository, image, ManifestBytes.ofText(text), Cover.NONE));
    }

    @Test
    void an_image_is_found_with_all_its_members_and_its_very_bytes() {
        var bytes = new ManifestBytes(new byte[] {'{', 0, -1, '}'});
        var image = new NewImage(
                digest("a"),
                MediaType.OCI_INDEX,
                "application/vnd.x",
                new Referral(digest("subject"), null, Map.of()),
                digest("converted"),
                1L << 40,
                Map.of(),
                List.of(),
                NOW,
                0);

        var added = store().transact(tx -> tx.images().add(repository, image, bytes, Cover.NONE));

        assertThat(added)
                .isEqualTo(new StoredImage(
                        added.id(),
                        digest("a"),
                        MediaType.OCI_INDEX,
                        "application/vnd.x",
                        digest("subject"),
                        4,
                        1L << 40,
                        NOW,
                        null,
                        Archival.NONE));
        assertThat(find(digest("a"))).contains(added);
        assertThat(manifest(added)).isEqualTo(bytes);
    }

    @Test
    void an_image_is_found_in_its_own_repository_only() {
        var other = repository("other");
        write(tx -> image(tx, repository, "a", "latest"));

        assertThat(find(digest("b"))).isEmpty();
        assertThat(find(new Tag("other"))).isEmpty();
        assertThat(found(tx -> tx.images().find(other, digest("a")))).isEmpty();
        assertThat(found(tx -> tx.images().find(other, new Tag("latest")))).isEmpty();
    }

    @Test
    void a_manifest_is_stored_once_in_a_repository_and_once_more_in_another() {
        var other = repository("other");
        var first = store().transact(tx -> image(tx, repository, "a"));
        var second = store().transact(tx -> image(tx, other, "a"));

        assertThat(second.id()).isGreaterThan(first.id());
        assertThatThrownBy(() -> write(tx -> image(tx, repository, "a"))).isInstanceOf(RuntimeException.class);
        assertThat(find(digest("a"))).contains(first);
        assertThat(facts(digest("a")).images()).isEqualTo(1);
        assertThat(store().transact(tx -> image(tx, repository, "b")).id()).isGreaterThan(second.id());
    }

    @Test
    void adding_an_image_tells_what_its_repository_calls_the_blobs_now() {
        write(tx -> add(
                tx,
                "a",
                Map.of(layer(tx, repository, "config"), "type/config", layer(tx, repository, "l1"), "type/layer")));
        assertThat(mediaType("config")).isEqualTo("type/config");
        assertThat(mediaType("l1")).isEqualTo("type/layer");

        write(tx -> add(tx, "b", Map.of(digest("config"), "type/config", digest("l1"), "type/other")));

        assertThat(mediaType("config")).isEqualTo("type/config");
        assertThat(mediaType("l1")).isEqualTo("type/other");
    }

    @Test
    void an_image_cannot_name_a_blob_or_a_child_that_its_repository_has_not() {
        var other = repository("other");
        write(tx -> layer(tx, other, "l1"));
        write(tx -> image(tx, other, "child"));
        var children = image(digest("a"), Map.of(), List.of(digest("child")));

        assertThatThrownBy(() -> write(tx -> add(tx, "a", Map.of(digest("l1"), "type/layer"))))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(
                        () -> write(tx -> tx.images().add(repository, children, ManifestBytes.ofText("a"), Cover.NONE)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(find(digest("a"))).isEmpty();
    }

    @Test
    void an_image_is_found_from_the_name_of_its_repository_on() {
        var image = store().transact(tx -> image(tx, repository, "text", "latest"));
        var whole = new Images.Found(repository, image, ManifestBytes.ofText("text"));

        assertThat(found("app", new Tag("latest"), 4)).contains(whole);
        assertThat(found("app", digest("text"), 4)).contains(whole);
        assertThat(found("app", digest("text"), 3)).contains(new Images.Found(repository, image, null));
        assertThat(found("app", new Tag("other"), 4)).isEmpty();
        assertThat(found("app", digest("other"), 4)).isEmpty();
        assertThat(found("other", new Tag("latest"), 4)).isEmpty();
        write(tx -> tx.repositories().delete(repository, NOW));
        assertThat(found("app", new Tag("latest"), 4)).isEmpty();
    }

    private Optional<Images.Found> found(String repository, Reference reference, int longest) {
        return store().ask(tx -> tx.images().find(REGISTRY, new RepositoryName(repository), reference, longest));
    }

    @Test
    void a_text_that_not_every_database_keeps_is_refused() {
        var image =
                new NewImage(digest("a"), MediaType.OCI_MANIFEST, "type\0", null, null, 7, Map.of(), List.of(), NOW, 0);

        assertThatThrownBy(() -> write(tx -> tx.images().add(repository, image, ManifestBytes.ofText("a"), Cover.NONE)))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.error()).isEqualTo(new EveryApiError.NotStorable()));
        assertThat(find(digest("a"))).isEmpty();
    }

    @Test
    void the_latest_pull_is_kept_and_one_of_an_image_that_is_gone_is_nothing() {
        var image = store().transact(tx -> image(tx, repository, "a"));
        assertThat(image.pulledAt()).isNull();

        write(tx -> tx.images().pulled(image.id(), NOW.plusSeconds(2)));
        write(tx -> tx.images().pulled(image.id(), NOW.plusSeconds(1)));

        assertThat(find(digest("a"))).map(StoredImage::pulledAt).contains(NOW.plusSeconds(2));
        write(tx -> tx.images().delete(repository, image));
        write(tx -> tx.images().pulled(image.id(), NOW.plusSeconds(3)));
        assertThat(find(digest("a"))).isEmpty();
    }

    @Test
    void deletions_and_other_tags_are_counted_and_pushes_are_not() {
        var other = repository("other");
        var first = store().transact(tx -> image(tx, repository, "a", "x"));
        var second = store().transact(tx -> image(tx, repository, "b", "y"));
        assertThat(changes(repository)).isZero();

        write(tx -> tx.images().tag(repository, new Tag("x"), first, NOW.plusSeconds(1)));
        assertThat(changes(repository)).isZero();
        write(tx -> tx.images().tag(repository, new Tag("x"), second, NOW));
        assertThat(changes(repository)).isEqualTo(1);
        write(tx -> tx.images().tag(repository, new Tag("z"), first, NOW.plusSeconds(1)));
        assertThat(changes(repository)).isEqualTo(2);
        write(tx -> tx.images().untag(repository, new Tag("z")));
        write(tx -> tx.images().untag(repository, new Tag("z")));
        assertThat(changes(repository)).isEqualTo(3);
        write(tx -> tx.images().delete(repository, second));
        write(tx -> tx.images().delete(repository, second));
        assertThat(changes(repository)).isEqualTo(4);
        assertThat(changes(other)).isZero();
    }

    private long changes(Repository repository) {
        return store().<Long>read(tx -> tx.images().changes(repository));
    }

    @Test
    void a_tag_moves_to_another_image() {
        var first = store().transact(tx -> image(tx, repository, "a", "latest"));
        assertThat(find(new Tag("latest"))).contains(first);

        var second = store().transact(tx -> image(tx, repository, "b", "latest"));

        assertThat(find(new Tag("latest"))).contains(second);
        assertThat(facts(digest("a")).tagsOfImage()).isZero();
        assertThat(facts(digest("b")).tagsOfImage()).isEqualTo(1);
    }

    @Test
    void a_tag_put_where_it_is_already_is_still_one_tag_and_the_newest() {
        var image = store().transact(tx -> image(tx, repository, "a", "x", "y"));
        write(tx -> tx.images().tag(repository, new Tag("y"), image, NOW.plusSeconds(1)));

        assertThat(facts(digest("a")).tagsOfImage()).isEqualTo(2);
        assertThat(tagsOf(image)).containsExactly(Map.entry(image.id(), List.of(new Tag("y"), new Tag("x"))));
    }

    @Test
    void a_removed_tag_leaves_its_image_and_removing_it_again_is_not_an_error() {
        var image = store().transact(tx -> image(tx, repository, "a", "x", "y"));
        write(tx -> tx.images().untag(repository, new Tag("x")));
        write(tx -> tx.images().untag(repository, new Tag("x")));

        assertThat(find(new Tag("x"))).isEmpty();
        assertThat(find(new Tag("y"))).contains(image);
        assertThat(facts(digest("a")).tagsOfImage()).isEqualTo(1);
    }

    @Test
    void a_deleted_image_takes_its_tags_and_references_and_leaves_its_blobs() {
        var image = store().transact(tx -> add(tx, "a", Map.of(layer(tx, repository, "l1"), "type/layer")));
        write(tx -> tx.images().tag(repository, new Tag("latest"), image, NOW));

        write(tx -> tx.images().delete(repository, image));
        write(tx -> tx.images().delete(repository, image));

        assertThat(find(digest("a"))).isEmpty();
        assertThat(find(new Tag("latest"))).isEmpty();
        assertThat(holds(tx -> tx.layers().isReferenced(repository, digest("l1"))))
                .isFalse();
        assertThat(mediaType("l1")).isEqualTo("type/layer");
        assertThat(facts(digest("a")).images()).isZero();
    }

    @Test
    void an_image_pushed_again_after_its_deletion_has_a_new_id() {
        var image = store().transact(tx -> image(tx, repository, "a"));
        write(tx -> tx.images().delete(repository, image));

        assertThat(store().transact(tx -> image(tx, repository, "a")).id()).isGreaterThan(image.id());
    }

    @Test
    void a_list_is_the_parent_of_its_children_each_named_once_or_more() {
        var child = store().transact(tx -> image(tx, repository, "child"));
        var names = List.of(child.digest(), child.digest());
        var list = store().transact(tx -> tx.images()
                .add(repository, image(digest("list"), Map.of(), names), ManifestBytes.ofText("list"), Cover.NONE));
        assertThat(parentsOf(child)).containsExactly(digest("list"));
        assertThat(parentsOf(list)).isEmpty();
        assertThat(mapped(tx -> tx.images().parentIds(repository, List.of(child, list))))
                .containsExactly(Map.entry(child.id(), Set.of(list.id())));

        write(tx -> tx.images().delete(repository, list));

        assertThat(parentsOf(child)).isEmpty();
    }

    @Test
    void an_image_that_a_list_names_cannot_be_deleted() {
        var child = store().transact(tx -> image(tx, repository, "child"));
        var list = image(digest("list"), Map.of(), List.of(child.digest()));
        write(tx -> tx.images().add(repository, list, ManifestBytes.ofText("list"), Cover.NONE));

        assertThatThrownBy(() -> write(tx -> tx.images().delete(repository, child)))
                .isInstanceOf(RuntimeException.class);
        assertThat(find(child.digest())).contains(child);
    }

    @Test
    void tags_of_images_come_newest_first_by_the_images_id() {
        var tagged = store().transact(tx -> image(tx, repository, "a", "b", "a"));
        var untagged = store().transact(tx -> image(tx, repository, "b"));
        write(tx -> tx.images().tag(repository, new Tag("new"), tagged, NOW.plusSeconds(1)));
        write(tx -> tx.images().tag(repository, new Tag("old"), tagged, NOW.minusSeconds(1)));

        assertThat(tagsOf(tagged, untagged))
                .containsExactly(
                        Map.entry(tagged.id(), List.of(new Tag("new"), new Tag("a"), new Tag("b"), new Tag("old"))));
    }

    @Test
    void a_manifest_is_read_in_parts_until_it_is_deleted() {
        var image = store().transact(tx -> add(tx, "0123456789", Map.of()));
        assertThat(part(image, 0, 4)).contains("0123");
        assertThat(part(image, 4, 3)).contains("456");
        assertThat(part(image, 7, 100)).contains("789");
        assertThat(part(image, 10, 100)).contains("");

        store().transact(tx -> {
            tx.images().delete(repository, image);
            return image;
        });
        assertThat(part(image, 0, 4)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"65535, 1", "65536, 1", "65535, 2", "0, 65536", "0, 65537", "65536, 65536", "100000, 50000", "1, 199999"
    })
    void a_part_of_a_long_manifest_is_what_is_there(int offset, int length) {
        var text = IntStream.range(0, 20_000).mapToObj("%09d,"::formatted).collect(joining());
        var image = store().transact(tx -> add(tx, text, Map.of()));

        assertThat(part(image, offset, length)).contains(text.substring(offset, offset + length));
        assertThat(store().read(tx -> tx.images().manifest(image, Cover.NONE)).text())
                .isEqualTo(text);
    }

    private Optional<String> part(StoredImage image, long offset, int length) {
        return store().read(tx -> tx.images().manifestPart(image, offset, length, Cover.NONE))
                .map(bytes -> new String(bytes, UTF_8));
    }

    private Optional<StoredImage> find(Reference reference) {
        return store().read(tx -> tx.images().find(repository, reference));
    }

    private PushFacts facts(Digest digest) {
        return store().read(tx -> tx.images().factsFor(repository, digest, List.of(), List.of(), List.of()));
    }

    private ManifestBytes manifest(StoredImage image) {
        return store().read(tx -> tx.images().manifest(image, Cover.NONE));
    }

    private StoredImage add(Transaction tx, String text, Map<Digest, String> blobs) {
        return tx.images()
                .add(repository, image(digest(text), blobs, List.of()), ManifestBytes.ofText(text), Cover.NONE);
    }

    private String mediaType(String layer) {
        return String.valueOf(layerOf(repository, layer).mediaType());
    }

    private Map<Long, List<Tag>> tagsOf(StoredImage... images) {
        return store().read(tx -> tx.images().tagsOf(repository, List.of(images)));
    }

    private List<Digest> parentsOf(StoredImage image) {
        return store().read(tx -> tx.images().parentsOf(repository, image));
    }
}
