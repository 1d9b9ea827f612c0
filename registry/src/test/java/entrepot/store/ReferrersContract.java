package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Annotations;
import entrepot.domain.Digest;
import entrepot.domain.ImageStatus;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.Referral;
import entrepot.domain.Referrer;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.store.Images.Absent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What manifests name that need not be there: their subject, and what a sparse one lacks.
public abstract class ReferrersContract extends TablesContract {

    private Repository repository;

    @BeforeEach
    void make_a_repository_beside_another_one() {
        var other = repository("other");
        write(tx -> about(tx, other, "elsewhere", "subject", "a"));
        repository = repository("app");
    }

    @Test
    void a_referrer_is_found_by_its_subject_with_all_its_members() {
        var image = store().transact(tx -> about(tx, repository, "one", "subject", "a"));

        assertThat(of("subject", null, 0, 9))
                .containsExactly(new Referrer(
                        image.id(),
                        image.digest(),
                        image.mediaType(),
                        image.manifestSize(),
                        "a",
                        14,
                        ImageStatus.ACTIVE));
        assertThat(of("one", null, 0, 9)).isEmpty();
    }

    @Test
    void referrers_come_in_the_order_of_pushes_and_go_on_after_one() {
        var one = store().transact(tx -> about(tx, repository, "one", "subject", "a"));
        var two = store().transact(tx -> about(tx, repository, "two", "subject", "b"));
        var three = store().transact(tx -> about(tx, repository, "three", "subject", null));
        write(tx -> about(tx, repository, "four", "one", "a"));

        assertThat(of("subject", null, 0, 2)).extracting(Referrer::id).containsExactly(one.id(), two.id());
        assertThat(of("subject", null, two.id(), 2)).extracting(Referrer::id).containsExactly(three.id());
        assertThat(of("subject", "b", 0, 9)).extracting(Referrer::id).containsExactly(two.id());
        assertThat(of("subject", "c", 0, 9)).isEmpty();
    }

    @Test
    void annotations_come_back_as_one_object_of_texts() {
        write(tx -> about(tx, repository, "one", "subject", "a"));
        var found = of("subject", null, 0, 9);

        assertThat(mapped(tx -> tx.referrers().annotations(found, Cover.NONE)))
                .containsOnly(Map.entry(found.getFirst().id(), new Annotations("{\"note\":\"one\"}")));
    }

    @Test
    void half_characters_in_annotations_stay_what_they_are() {
        var referral = new Referral(digest("subject"), "a", Map.of("\ud800", "\udc00é"));
        write(tx -> about(tx, repository, "one", referral));
        var found = of("subject", null, 0, 9);

        assertThat(mapped(tx -> tx.referrers().annotations(found, Cover.NONE)))
                .containsOnly(Map.entry(found.getFirst().id(), new Annotations("{\"\\uD800\":\"\\uDC00é\"}")));
    }

    @Test
    void a_deleted_referrer_is_gone_and_a_deleted_subject_is_none_of_its_referrers_business() {
        var subject = store().transact(tx -> image(tx, repository, "subject"));
        var one = store().transact(tx -> about(tx, repository, "one", "subject", "a"));
        write(tx -> tx.images().delete(repository, subject));
        assertThat(of("subject", null, 0, 9)).hasSize(1);

        write(tx -> tx.images().delete(repository, one));

        assertThat(of("subject", null, 0, 9)).isEmpty();
    }

    @Test
    void what_a_sparse_manifest_lacks_is_known_until_it_arrives() {
        var sparse = store().transact(tx -> sparse(tx, "sparse"));
        assertThat(absentFrom(sparse)).containsExactlyInAnyOrder(digest("layer"), digest("child"));

        write(tx -> layer(tx, repository, "layer"));
        write(tx -> image(tx, repository, "child"));

        assertThat(absentFrom(sparse)).isEmpty();
    }

    @Test
    void what_arrives_late_is_held_like_what_was_there() {
        var sparse = store().transact(tx -> sparse(tx, "sparse"));
        write(tx -> sparse(tx, "sparse too"));

        write(tx -> layer(tx, repository, "layer"));
        var child = store().transact(tx -> image(tx, repository, "child"));

        assertThat(holds(tx -> tx.layers().isReferenced(repository, digest("layer"))))
                .isTrue();
        assertThat(layerOf(repository, "layer").mediaType()).isEqualTo("application/x.layer");
        assertThat(listed(tx -> tx.images().parentsOf(repository, child)))
                .containsExactly(sparse.digest(), digest("sparse too"));
    }

    @Test
    void what_arrives_elsewhere_or_as_another_thing_has_not_arrived() {
        var sparse = store().transact(tx -> sparse(tx, "sparse"));
        var other = repository("third");
        write(tx -> layer(tx, other, "layer"));
        write(tx -> layer(tx, repository, "child"));
        write(tx -> image(tx, repository, "layer"));

        assertThat(absentFrom(sparse)).hasSize(2);
    }

    @Test
    void a_deleted_sparse_manifest_waits_for_nothing() {
        var sparse = store().transact(tx -> sparse(tx, "sparse"));
        write(tx -> tx.images().delete(repository, sparse));

        write(tx -> layer(tx, repository, "layer"));

        assertThat(holds(tx -> tx.layers().isReferenced(repository, digest("layer"))))
                .isFalse();
    }

    @Test
    void an_orphan_is_one_whose_subject_was_there_and_was_deleted() {
        var other = repository("another");
        write(tx -> {
            var subject = image(tx, repository, "subject");
            image(tx, other, "subject");
            about(tx, repository, "orphan", "subject", null);
            about(tx, repository, "early", "absent", null);
            about(tx, other, "elsewhere", "subject", null);
            tx.images().delete(repository, subject);
            about(tx, repository, "late", "subject", null);
        });

        assertThat(orphans(repository)).containsExactly(digest("orphan"));
        assertThat(orphans(other)).isEmpty();
    }

    private List<Digest> orphans(Repository of) {
        return listed(tx -> {
            var images = tx.images().images(of, 0, null, 9);
            var orphans = tx.referrers().orphans(images);
            return images.stream()
                    .filter(image -> orphans.contains(image.id()))
                    .map(StoredImage::digest)
                    .toList();
        });
    }

    private List<Referrer> of(String subject, @Nullable String type, long after, int limit) {
        return listed(tx -> tx.referrers().of(repository, digest(subject), type, after, limit));
    }

    private Set<Digest> absentFrom(StoredImage image) {
        return store().read(tx -> tx.images().absentFrom(image));
    }

    private static StoredImage about(
            Transaction tx, Repository repository, String text, String subject, @Nullable String type) {
        return about(tx, repository, text, new Referral(digest(subject), type, Map.of("note", text)));
    }

    private static StoredImage about(Transaction tx, Repository repository, String text, Referral referral) {
        var image = new NewImage(
                digest(text),
                MediaType.OCI_MANIFEST,
                referral.artifactType(),
                referral,
                null,
                7,
                Map.of(),
                List.of(),
                NOW,
                0);
        return tx.images().add(repository, image, ManifestBytes.ofText(text), Cover.NONE);
    }

    private StoredImage sparse(Transaction tx, String text) {
        var absent = new Absent(Map.of(digest("layer"), "application/x.layer"), List.of(digest("child")));
        var image = image(tx, repository, text);
        tx.images().addAbsent(repository, image, absent);
        return image;
    }
}
