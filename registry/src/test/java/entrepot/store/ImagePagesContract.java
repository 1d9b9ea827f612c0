package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.store.Images.Statuses;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The lists of [Images], page by page.
public abstract class ImagePagesContract extends TablesContract {

    private Repository repository;

    @BeforeEach
    void make_a_repository_beside_another_one() {
        var other = repository("other");
        write(tx -> image(tx, other, "elsewhere", "elsewhere"));
        write(tx -> image(tx, other, "untagged elsewhere"));
        repository = repository("app");
    }

    @Test
    void tags_come_in_the_order_of_their_bytes_and_go_on_after_one() {
        var image = store().transact(tx -> image(tx, repository, "a", "b", "a", "A", "_", "a.1", "a-1", "10", "2"));

        assertThat(tags(null, 100)).containsExactly("10", "2", "A", "_", "a", "a-1", "a.1", "b");
        assertThat(tags("A", 2)).containsExactly("_", "a");
        assertThat(tags("Z", 1)).containsExactly("_");
        assertThat(tags("b", 100)).isEmpty();
        assertThat(names(null, 100)).containsExactly("10", "2", "A", "_", "a", "a-1", "a.1", "b");
        assertThat(names("A", 2)).containsExactly("_", "a");
        assertThat(names("b", 100)).isEmpty();
        assertThat(listed(tx -> tx.images().tags(repository, null, 1)))
                .containsExactly(new Images.TaggedImage(new Tag("10"), image.digest()));
    }

    @Test
    void untagged_digests_come_in_the_order_of_their_text_and_go_on_after_one() {
        var texts = List.of("a", "b", "c", "d");
        texts.forEach(text -> write(tx -> image(tx, repository, text)));
        var sha512 = Digest.of(Digest.Algorithm.SHA512, HexFormat.of().parseHex("00".repeat(64)));
        write(tx ->
                tx.images().add(repository, image(sha512, Map.of(), List.of()), ManifestBytes.ofText("e"), Cover.NONE));
        write(tx -> image(tx, repository, "tagged", "latest"));
        var expected = Stream.concat(texts.stream().map(TablesContract::digest), Stream.of(sha512))
                .sorted()
                .toList();

        assertThat(untagged(null, 100)).isEqualTo(expected);
        assertThat(untagged(null, 2)).isEqualTo(expected.subList(0, 2));
        assertThat(untagged(expected.get(1), 2)).isEqualTo(expected.subList(2, 4));
        assertThat(untagged(expected.getLast(), 2)).isEmpty();
    }

    @Test
    void images_come_in_the_order_of_first_pushes_with_or_without_tags() {
        var images = new ArrayList<StoredImage>();
        for (int i = 0; i < 6; i++) {
            var tags = i % 2 == 0 ? new String[] {"t" + i, "u" + i} : new String[0];
            var text = "image " + i;
            images.add(store().transact(tx -> image(tx, repository, text, tags)));
        }
        write(tx -> tx.images().untag(repository, new Tag("t0")));

        assertThat(images(0, null, 100)).isEqualTo(images);
        assertThat(images(images.get(1).id(), null, 2)).isEqualTo(images.subList(2, 4));
        assertThat(images(0, true, 100)).containsExactly(images.get(0), images.get(2), images.get(4));
        assertThat(images(images.get(0).id(), true, 1)).containsExactly(images.get(2));
        assertThat(images(0, false, 100)).containsExactly(images.get(1), images.get(3), images.get(5));
        assertThat(images(images.get(1).id(), false, 1)).containsExactly(images.get(3));
        assertThat(images(images.get(5).id(), null, 100)).isEmpty();
    }

    @Test
    void an_image_goes_from_one_list_to_the_other_with_its_last_tag() {
        var image = store().transact(tx -> image(tx, repository, "a", "x", "y"));
        write(tx -> tx.images().untag(repository, new Tag("x")));
        assertThat(untagged(null, 100)).isEmpty();
        assertThat(images(0, true, 100)).containsExactly(image);

        var mover = store().transact(tx -> image(tx, repository, "b", "y"));

        assertThat(untagged(null, 100)).containsExactly(image.digest());
        assertThat(images(0, true, 100)).containsExactly(mover);
        assertThat(images(0, false, 100)).containsExactly(image);
    }

    private List<String> names(@Nullable String after, int limit) {
        return store().read(tx -> tx.images().tagNames(repository, after, limit).stream()
                .map(Tag::name)
                .toList());
    }

    private List<String> tags(@Nullable String after, int limit) {
        return store().read(tx -> tx.images().tags(repository, after, limit).stream()
                .map(tagged -> tagged.tag().name())
                .toList());
    }

    @Test
    void a_new_image_counts_the_tags_it_is_given_with_it() {
        var first = store().transact(tx -> image(tx, repository, "a", "moves"));
        var fresh = new NewImage(digest("b"), MediaType.OCI_MANIFEST, null, null, null, 7, Map.of(), List.of(), NOW, 2);
        var second = store().transact(tx -> {
            var added = tx.images().add(repository, fresh, ManifestBytes.ofText("b"), Cover.NONE);
            tx.images().tagNew(repository, new Tag("own"), added, null, NOW);
            tx.images().tagNew(repository, new Tag("moves"), added, first, NOW);
            return added;
        });

        assertThat(store().<Long>read(tx -> tx.images().changes(repository))).isEqualTo(1);
        assertThat(tagged(false)).containsExactly(first.digest());
        assertThat(tagged(true)).containsExactly(second.digest());
        assertThat(mapped(tx -> tx.images().tagsOf(repository, List.of(first, second))))
                .containsOnlyKeys(second.id());
        write(tx -> tx.images().untag(repository, new Tag("own")));
        assertThat(tagged(true)).containsExactly(second.digest());
        write(tx -> tx.images().untag(repository, new Tag("moves")));
        assertThat(tagged(true)).isEmpty();
        assertThat(tagged(false)).containsExactly(first.digest(), second.digest());
    }

    private List<Digest> tagged(boolean tagged) {
        return store().read(tx -> tx.images().images(repository, Statuses.ANY, 0, tagged, 9).stream()
                .map(StoredImage::digest)
                .toList());
    }

    private List<Digest> untagged(@Nullable Digest after, int limit) {
        return store().read(tx -> tx.images().untagged(repository, after, limit));
    }

    private List<StoredImage> images(long afterId, @Nullable Boolean tagged, int limit) {
        return store().read(tx -> tx.images().images(repository, afterId, tagged, limit));
    }
}
