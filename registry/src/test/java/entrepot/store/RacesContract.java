package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.BlobKey;
import entrepot.domain.Digest;
import entrepot.domain.Encryption;
import entrepot.domain.LayerUpload;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.Progress;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability;
import entrepot.domain.UploadId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What two may do at the same moment to images, layers and uploads (docs/decisions/0025-two-writers.md).
public abstract class RacesContract extends TablesContract {

    private static final Tag LATEST = new Tag("latest");

    private Repository app;

    @BeforeEach
    void make_a_repository() {
        app = repository("app");
    }

    private Race race(Race.Work first, Race.Work second) throws InterruptedException {
        return Race.of(store()::transactGuarded, first, second);
    }

    /// Decided by what the tag points at now.
    private Race.Work push(String text, boolean mayMove) {
        return (tx, hasLooked) -> {
            var repository = held(tx);
            var facts = tx.images().factsFor(repository, digest(text), List.of(LATEST), List.of(), List.of());
            hasLooked.run();
            if (facts.tagged().containsKey(LATEST) && !mayMove) {
                throw refusal();
            }
            var image = facts.image().orElseGet(() -> image(tx, repository, text));
            tx.images().tag(repository, LATEST, image, facts.tagged().get(LATEST), NOW);
        };
    }

    private Repository held(Transaction tx) {
        return tx.repositories().hold(REGISTRY, app.name()).orElseThrow(RacesContract::refusal);
    }

    @Test
    void a_tag_that_two_images_want_is_of_one_of_them_and_counted_once() throws Exception {
        assertThat(race(push("a", true), push("b", true))).isEqualTo(new Race(true, true));

        assertThat(listed(tx -> tx.images().tags(app, null, 10))).hasSize(1);
        var tagged = listed(tx -> tx.images().images(app, 0, true, 10));
        assertThat(tagged).hasSize(1);
        assertThat(found(tx -> tx.images().find(app, LATEST))).contains(tagged.getFirst());
        assertThat(listed(tx -> tx.images().images(app, 0, null, 10))).hasSize(2);
    }

    @Test
    void a_tag_that_is_moved_by_two_is_counted_once() throws Exception {
        write(tx -> image(tx, app, "old", "latest"));

        assertThat(race(push("a", true), push("b", true))).isEqualTo(new Race(true, true));

        assertThat(listed(tx -> tx.images().images(app, 0, true, 10))).hasSize(1);
        assertThat(found(tx -> tx.images().find(app, LATEST)))
                .isNotEqualTo(found(tx -> tx.images().find(app, digest("old"))));
    }

    @Test
    void a_tag_that_may_not_move_goes_to_one() throws Exception {
        assertThat(race(push("a", false), push("b", false)).exactlyOne()).isTrue();

        assertThat(listed(tx -> tx.images().images(app, 0, null, 10))).hasSize(1);
    }

    /// A push on a condition looks at the tag twice, and so runs as if alone: beside those that do not, too.
    @Test
    void a_tag_that_must_not_be_there_is_not_taken_from_who_was_first() throws Exception {
        var race = Race.of(store()::transact, pushFirst("a"), store()::transactGuarded, push("b", true));

        assertThat(race.second()).isTrue();
        assertThat(found(tx -> tx.images().find(app, digest("a"))).isPresent()).isEqualTo(race.first());
        assertThat(listed(tx -> tx.images().images(app, 0, true, 10))).hasSize(1);
    }

    @Test
    void of_two_that_must_be_the_first_under_a_tag_one_is() throws Exception {
        assertThat(Race.of(store()::transact, pushFirst("a"), pushFirst("b")).exactlyOne())
                .isTrue();
    }

    private Race.Work pushFirst(String text) {
        var push = push(text, true);
        return (tx, hasLooked) -> {
            refuseUnless(tx.images().find(app, LATEST).isEmpty());
            push.run(tx, hasLooked);
        };
    }

    @Test
    void a_manifest_that_two_push_is_stored_once() throws Exception {
        assertThat(race(push("a", true), push("a", true))).isEqualTo(new Race(true, true));

        assertThat(images()).isEqualTo(1);
        assertThat(listed(tx -> tx.images().images(app, 0, null, 10))).hasSize(1);
    }

    @Test
    void of_two_parts_at_the_same_place_one_counts() throws Exception {
        var seen = upload();
        var race = race(
                (tx, hasLooked) -> advance(tx, hasLooked, seen, seen.withPart(Progress.of(10), null, NOW)),
                (tx, hasLooked) -> advance(tx, hasLooked, seen, seen.withPart(Progress.of(20), null, NOW)));

        assertThat(race.exactlyOne()).isTrue();
        assertThat(found(tx -> tx.uploads().find(seen.id())).map(LayerUpload::received))
                .contains(race.first() ? 10L : 20L);
    }

    @Test
    void an_upload_is_completed_or_cancelled_but_never_both() throws Exception {
        var seen = upload();
        var race = race(
                (tx, hasLooked) -> advance(tx, hasLooked, seen, seen.completed(digest("layer"), NOW)),
                (tx, hasLooked) -> {
                    hasLooked.run();
                    refuseUnless(tx.uploads().delete(seen));
                });

        assertThat(race.exactlyOne()).isTrue();
        assertThat(found(tx -> tx.uploads().find(seen.id())).isPresent()).isEqualTo(race.first());
    }

    @Test
    void bytes_that_two_bring_are_kept_once_and_the_others_discarded() throws Exception {
        var one = newKey();
        var other = newKey();

        assertThat(race(publish(one), publish(other))).isEqualTo(new Race(true, true));

        var kept = found(tx -> tx.layers().blob(digest("layer"), Encryption.AES256))
                .orElseThrow()
                .key();
        assertThat(List.of(one, other)).contains(kept);
        assertThat(listed(tx -> tx.layers().discarded(NOW, 10))).containsExactly(kept.equals(one) ? other : one);
    }

    private static Race.Work publish(BlobKey key) {
        return (tx, hasLooked) -> {
            var known = tx.layers().blob(digest("layer"), Encryption.AES256);
            hasLooked.run();
            known.ifPresent(blob -> tx.layers().discard(blob.key(), NOW));
            tx.layers().store(digest("layer"), 5, key, null, known.orElse(null), NOW);
        };
    }

    @Test
    void a_repository_that_is_pushed_to_is_not_deleted_as_empty() throws Exception {
        var race = race(push("a", true), (tx, hasLooked) -> {
            hasLooked.run();
            var repository = tx.repositories().holdAlone(REGISTRY, app.name()).orElseThrow(RacesContract::refusal);
            refuseUnless(!tx.repositories().hasImages(repository));
            tx.repositories().delete(repository, NOW);
        });

        assertThat(race.exactlyOne()).isTrue();
        assertThat(found(tx -> tx.repositories().find(REGISTRY, app.name())).isPresent())
                .isEqualTo(race.first());
    }

    @Test
    void settings_do_not_change_while_a_push_holds_them() throws Exception {
        write(tx -> image(tx, app, "old", "latest"));
        var race = race(
                (tx, hasLooked) -> {
                    var repository = held(tx);
                    hasLooked.run();
                    refuseUnless(repository.tagMutability().allowsMoving(LATEST));
                    var seen = tx.images().find(repository, LATEST).orElseThrow();
                    tx.images().tag(repository, LATEST, image(tx, repository, "new"), seen, NOW);
                },
                (tx, hasLooked) -> {
                    hasLooked.run();
                    tx.repositories().setTagMutability(app, new TagMutability(TagMutability.Mode.IMMUTABLE, List.of()));
                });

        assertThat(race.second()).isTrue();
        assertThat(found(tx -> tx.images().find(app, digest("new"))).isPresent())
                .isEqualTo(race.first());
    }

    @Test
    void an_image_that_gets_a_tag_is_not_deleted_as_untagged() throws Exception {
        write(tx -> image(tx, app, "a"));
        var race = race(
                (tx, hasLooked) -> {
                    var image = found(tx, "a");
                    hasLooked.run();
                    tx.images().tag(app, LATEST, image, null, NOW);
                },
                (tx, hasLooked) -> {
                    hasLooked.run();
                    var image = tx.images().hold(app, digest("a")).orElseThrow(RacesContract::refusal);
                    refuseUnless(tx.images().tagsOf(app, List.of(image)).isEmpty());
                    tx.images().delete(app, image);
                });

        assertThat(race.exactlyOne()).isTrue();
        assertThat(found(tx -> tx.images().find(app, LATEST)).isPresent()).isEqualTo(race.first());
        assertThat(images()).isEqualTo(race.first() ? 1 : 0);
    }

    @Test
    void a_tag_that_moves_takes_no_image_with_it_that_it_left() throws Exception {
        write(tx -> image(tx, app, "old", "latest"));
        var race = race(push("new", true), (tx, hasLooked) -> {
            hasLooked.run();
            var image = tx.images().hold(app, LATEST).orElseThrow(RacesContract::refusal);
            tx.images().delete(app, image);
        });

        assertThat(race).isEqualTo(new Race(true, true));
        var left = listed(tx -> tx.images().images(app, 0, null, 10));
        assertThat(left).hasSize(1);
        assertThat(images()).isEqualTo(1);
        assertThat(found(tx -> tx.images().find(app, LATEST)).isPresent())
                .isEqualTo(left.getFirst().digest().equals(digest("new")));
    }

    @Test
    void an_image_that_comes_into_a_list_is_not_deleted() throws Exception {
        write(tx -> image(tx, app, "child"));
        var race = race(
                (tx, hasLooked) -> {
                    var children = tx.images()
                            .factsFor(app, digest("list"), List.of(), List.of(), List.of(digest("child")))
                            .children();
                    hasLooked.run();
                    refuseUnless(!children.isEmpty());
                    add(tx, "list", Map.of(), List.of(digest("child")));
                },
                (tx, hasLooked) -> {
                    hasLooked.run();
                    var image = tx.images().hold(app, digest("child")).orElseThrow(RacesContract::refusal);
                    refuseUnless(tx.images().parentsOf(app, image).isEmpty());
                    tx.images().delete(app, image);
                });

        assertThat(race.exactlyOne()).isTrue();
        assertThat(found(tx -> tx.images().find(app, digest("child"))).isPresent())
                .isEqualTo(race.first());
    }

    @Test
    void a_layer_that_a_manifest_comes_to_name_is_not_unlinked() throws Exception {
        write(tx -> layer(tx, app, "layer"));
        var race = race(
                (tx, hasLooked) -> {
                    var layers = tx.layers().find(app, List.of(digest("layer")));
                    hasLooked.run();
                    refuseUnless(!layers.isEmpty());
                    add(tx, "image", Map.of(digest("layer"), "type/layer"), List.of());
                },
                (tx, hasLooked) -> {
                    var isReferenced = tx.layers().isReferenced(app, digest("layer"));
                    hasLooked.run();
                    refuseUnless(!isReferenced);
                    tx.layers().unlink(app, digest("layer"));
                });

        assertThat(race.exactlyOne()).isTrue();
        assertThat(holds(tx -> tx.layers().isReferenced(app, digest("layer")))).isEqualTo(race.first());
    }

    @Test
    void what_a_manifest_lacks_and_what_arrives_find_each_other() throws Exception {
        var blob = store().transact(tx -> tx.layers().store(digest("layer"), 5, newKey(), null, NOW));
        var race = race(
                (tx, hasLooked) -> {
                    var isThere =
                            !tx.layers().find(app, List.of(digest("layer"))).isEmpty();
                    hasLooked.run();
                    var named = Map.of(digest("layer"), "type/layer");
                    var image = add(tx, "image", isThere ? named : Map.of(), List.of());
                    if (!isThere) {
                        tx.images().addAbsent(app, image, new Images.Absent(named, List.of()));
                    }
                },
                (tx, hasLooked) -> {
                    hasLooked.run();
                    tx.layers().link(app, blob, NOW);
                });

        assertThat(race).isEqualTo(new Race(true, true));
        assertThat(holds(tx -> tx.layers().isReferenced(app, digest("layer")))).isTrue();
    }

    @Test
    void a_list_and_the_image_that_it_lacks_find_each_other() throws Exception {
        var race = race(
                (tx, hasLooked) -> {
                    var isThere = tx.images().find(app, digest("child")).isPresent();
                    hasLooked.run();
                    var children = List.of(digest("child"));
                    var image = add(tx, "list", Map.of(), isThere ? children : List.of());
                    if (!isThere) {
                        tx.images().addAbsent(app, image, new Images.Absent(Map.of(), children));
                    }
                },
                (tx, hasLooked) -> {
                    hasLooked.run();
                    image(tx, app, "child");
                });

        assertThat(race).isEqualTo(new Race(true, true));
        var child = found(tx -> tx.images().find(app, digest("child"))).orElseThrow();
        assertThat(listed(tx -> tx.images().parentsOf(app, child))).containsExactly(digest("list"));
    }

    private StoredImage add(Transaction tx, String text, Map<Digest, String> blobs, List<Digest> children) {
        var image = new NewImage(digest(text), MediaType.OCI_MANIFEST, null, null, null, 7, blobs, children, NOW, 0);
        return tx.images().add(app, image, ManifestBytes.ofText(text), Cover.NONE);
    }

    private StoredImage found(Transaction tx, String text) {
        return tx.images().find(app, digest(text)).orElseThrow(RacesContract::refusal);
    }

    private LayerUpload upload() {
        var upload = LayerUpload.begin(UploadId.random(NOW), app, "arn:alice", NOW);
        write(tx -> tx.uploads().create(upload));
        return upload;
    }

    private static void advance(Transaction tx, Runnable hasLooked, LayerUpload seen, LayerUpload next) {
        hasLooked.run();
        refuseUnless(tx.uploads().advance(seen, next));
    }

    private long images() {
        return store().read(tx -> tx.images()
                .factsFor(app, digest("any"), List.of(), List.of(), List.of())
                .images());
    }
}
