package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Annotations;
import entrepot.domain.Digest;
import entrepot.domain.Encryption;
import entrepot.domain.ImageChange;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.Referral;
import entrepot.domain.Repository;
import entrepot.domain.ResourceTag;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.job.Sweep;
import entrepot.store.Garbage.Waiting;
import entrepot.store.History.Gone;
import entrepot.store.History.Name;
import entrepot.store.Images.Absent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is kept of what was deleted.
public abstract class HistoryContract extends TablesContract {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Tag V1 = new Tag("v1");
    private static final Tag V2 = new Tag("v2");
    private static final String ARN = "arn:aws:iam::123456789012:root";
    private static final int LONG = 200_000;

    private Repository app;
    private Instant now = NOW;

    @BeforeEach
    void make_a_repository() {
        app = repository("app");
    }

    private Instant later() {
        now = now.plusSeconds(1);
        return now;
    }

    private StoredImage push(String name, Tag... tags) {
        var at = later();
        return store().transact(tx -> {
            var image = image(tx, app, name);
            tell(tx, Kind.PUSH, image, at, tags);
            give(tx, image, at, tags);
            return image;
        });
    }

    private void give(Transaction tx, StoredImage image, Instant at, Tag... tags) {
        for (var tag : tags) {
            tx.images().tag(app, tag, image, at);
        }
    }

    private void tell(Transaction tx, Kind kind, StoredImage image, Instant at, Tag... tags) {
        tx.history().tell(new ImageChange(kind, app, image, List.of(tags), ARN, at));
    }

    private Instant delete(StoredImage image) {
        var at = later();
        write(tx -> {
            var tags = tx.images().tagsOf(app, List.of(image)).getOrDefault(image.id(), List.of());
            tell(tx, Kind.DELETE, image, at, tags.toArray(Tag[]::new));
            tx.images().delete(app, image);
        });
        return at;
    }

    private List<Gone> gone(StoredImage image) {
        return listed(tx -> tx.history().images(app, image.digest()));
    }

    private StoredImage restore(StoredImage image) {
        var gone = gone(image).getFirst();
        return store().transact(tx -> tx.history().restore(app, gone, later()));
    }

    private List<String> events(@Nullable Tag tag) {
        return listed(tx -> tx.history().events(app.id(), tag, null, 100)).stream()
                .map(event -> event.kind() + " " + event.tag())
                .toList();
    }

    private @Nullable Digest pointedAt(Instant at) {
        return found(tx -> tx.history().pointedAt(app, V1, at)).orElse(null);
    }

    private void pass(Duration time) {
        write(tx -> tx.garbage().advance("test", Duration.ZERO));
        write(tx -> tx.garbage().advance("test", time));
    }

    private <R> void sweep(Function<Garbage, Waiting<R>> which) {
        var until = store().read(tx -> tx.garbage().now());
        var due = listed(tx -> which.apply(tx.garbage()).due(until, 100));
        store().transactGuarded(tx -> new Sweep<>(which.apply(tx.garbage()), until).run(due, NOW, Duration.ZERO));
    }

    private void collect() {
        sweep(Garbage::links);
        sweep(Garbage::blobs);
    }

    private boolean isStored(String layer) {
        return found(tx -> tx.layers().blob(digest(layer), Encryption.AES256)).isPresent();
    }

    private void drop(Duration keep) {
        while (store().<Boolean>transactGuarded(tx -> tx.history().drop(keep, 2))) {
            // and on
        }
    }

    @Test
    void what_happened_is_told_in_its_order_page_by_page() {
        var a = push("a", V1, V2);
        push("b");
        delete(a);
        write(tx -> tx.history().tell(app, Kind.DELETE, ARN, later()));

        assertThat(events(null))
                .containsExactly("PUSH v1", "PUSH v2", "PUSH null", "DELETE v1", "DELETE v2", "DELETE null");
        assertThat(events(V1)).containsExactly("PUSH v1", "DELETE v1");
        var paged = new ArrayList<String>();
        var page = listed(tx -> tx.history().events(app.id(), null, null, 2));
        while (!page.isEmpty()) {
            page.forEach(event -> paged.add(event.kind() + " " + event.tag()));
            var last = page.getLast();
            page = listed(tx -> tx.history().events(app.id(), null, last, 2));
        }
        assertThat(paged).isEqualTo(events(null));
        assertThat(listed(tx -> tx.history().events(app.id(), null, null, 1)))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.at()).isEqualTo(NOW.plusSeconds(1));
                    assertThat(event.digest()).isEqualTo(a.digest());
                    assertThat(event.principal()).isEqualTo(ARN);
                });
    }

    @Test
    void what_a_tag_pointed_at_is_known_though_nobody_wrote_down_how_it_came_there() {
        var a = store().transact(tx -> image(tx, app, "a", "v1"));
        var b = push("b", V1);
        var moved = now;
        var gone = delete(b);

        assertThat(pointedAt(NOW.minusMillis(1))).isNull();
        assertThat(pointedAt(NOW)).isEqualTo(a.digest());
        assertThat(pointedAt(moved.minusMillis(1))).isEqualTo(a.digest());
        assertThat(pointedAt(moved)).isEqualTo(b.digest());
        assertThat(pointedAt(gone.minusMillis(1))).isEqualTo(b.digest());
        assertThat(pointedAt(gone)).isNull();
        var c = push("c", V1);
        assertThat(pointedAt(now)).isEqualTo(c.digest());
        assertThat(pointedAt(now.minusMillis(1))).isNull();
    }

    private void assertNames(StoredImage image) {
        assertThat(holds(tx -> tx.layers().isReferenced(app, digest("layer")))).isTrue();
        assertThat(holds(tx -> tx.layers().isReferenced(app, digest("came since"))))
                .isTrue();
        assertThat(listed(tx -> List.copyOf(tx.images().absentFrom(image))))
                .containsExactlyInAnyOrder(digest("lacking"), digest("lacking child"));
        for (var child : List.of("child", "child that came since")) {
            assertThat(listed(tx -> tx.images()
                            .parentsOf(app, tx.images().find(app, digest(child)).orElseThrow())))
                    .containsExactly(digest("a"));
        }
    }

    /// It has something in each table.
    private StoredImage full(Transaction tx, String text) {
        layer(tx, app, "layer");
        image(tx, app, "child");
        var added = tx.images()
                .add(
                        app,
                        new NewImage(
                                digest("a"),
                                MediaType.OCI_MANIFEST,
                                "artifact",
                                new Referral(digest("subject"), "type", Map.of("k", "v")),
                                digest("converted"),
                                7,
                                Map.of(digest("layer"), "t"),
                                List.of(digest("child")),
                                NOW,
                                0),
                        ManifestBytes.ofText(text),
                        Cover.NONE);
        var blobs = Map.of(digest("lacking"), "t", digest("came since"), "t");
        tx.images()
                .addAbsent(
                        app,
                        added,
                        new Absent(blobs, List.of(digest("lacking child"), digest("child that came since"))));
        tx.images().pulled(added.id(), NOW.plusSeconds(9));
        return tx.images().find(app, digest("a")).orElseThrow();
    }

    @Test
    void an_image_comes_back_with_all_that_its_rows_had() {
        var text = "x".repeat(LONG);
        var image = store().transact(tx -> full(tx, text));
        var lacking = store().read(tx -> tx.images().absentFrom(image));
        assertThat(lacking).hasSize(4);
        delete(image);
        assertThat(found(tx -> tx.images().find(app, digest("a")))).isEmpty();
        write(tx -> layer(tx, app, "came since"));
        write(tx -> image(tx, app, "child that came since"));

        assertThat(restore(image)).isEqualTo(image);

        assertThat(found(tx -> tx.images().find(app, digest("a")))).contains(image);
        assertThat(store().read(tx -> tx.images().manifest(image, Cover.NONE)).text())
                .isEqualTo(text);
        assertThat(found(tx -> tx.images().converted(image))).contains(digest("converted"));
        assertNames(image);
        var referrers = listed(tx -> tx.referrers().of(app, digest("subject"), "type", 0, 10));
        assertThat(referrers)
                .singleElement()
                .satisfies(one -> assertThat(one.id()).isEqualTo(image.id()));
        assertThat(mapped(tx -> tx.referrers().annotations(referrers, Cover.NONE)))
                .containsValue(new Annotations("{\"k\":\"v\"}"));
        assertThat(store().<Long>read(tx -> tx.images().count(app))).isEqualTo(3);
        assertThat(gone(image)).isEmpty();
    }

    @Test
    void what_is_kept_is_listed_the_last_deletion_first_page_by_page() {
        var a = push("a", V1);
        var b = push("b");
        var c = push("c");
        delete(b);
        delete(c);
        delete(a);

        var first = listed(tx -> tx.history().gone(app, null, 2));
        var second = listed(tx -> tx.history().gone(app, first.getLast(), 2));

        assertThat(first).extracting(Gone::image).containsExactly(a, c);
        assertThat(second).extracting(Gone::image).containsExactly(b);
        assertThat(listed(tx -> tx.history().gone(app, second.getLast(), 2))).isEmpty();
    }

    @Test
    void what_an_image_names_and_its_tags_are_known_while_it_is_kept() {
        var child = push("child");
        var list = store().transact(tx -> {
            var added = tx.images()
                    .add(
                            app,
                            image(digest("list"), Map.of(), List.of(child.digest())),
                            ManifestBytes.ofText("l"),
                            Cover.NONE);
            tx.images().addAbsent(app, added, new Absent(Map.of(digest("blob"), "t"), List.of(digest("image"))));
            give(tx, added, NOW, V2);
            give(tx, added, NOW.plusMillis(1), V1);
            return added;
        });
        delete(list);
        var gone = gone(list).getFirst();

        assertThat(gone.image()).isEqualTo(list);
        assertThat(gone.deletedAt()).isEqualTo(now);
        assertThat(listed(tx -> tx.history().names(gone)))
                .containsExactlyInAnyOrder(
                        new Name(child.digest(), false, false),
                        new Name(digest("blob"), true, true),
                        new Name(digest("image"), true, false));
        assertThat(listed(tx -> tx.history().tagsOf(app, gone))).containsExactly(V2, V1);
        assertThat(listed(tx -> tx.history().tagsOf(app, gone, NOW))).containsExactly(V2);
        assertThat(listed(tx -> tx.history().about(app, child.digest()))).isEmpty();
    }

    @Test
    void tags_that_went_with_an_image_are_those_of_its_last_deletion() {
        var image = push("a", V1);
        delete(image);
        restore(image);
        write(tx -> give(tx, image, later(), V2));
        delete(image);

        var all = gone(image);
        assertThat(all).hasSize(1);
        assertThat(listed(tx -> tx.history().tagsOf(app, all.getFirst()))).containsExactly(V2);
    }

    @Test
    void the_blobs_of_a_deleted_image_stay_while_it_is_kept_and_go_then() {
        var image = store().transact(tx -> {
            layer(tx, app, "layer");
            return tx.images()
                    .add(
                            app,
                            image(digest("a"), Map.of(digest("layer"), "t"), List.of()),
                            ManifestBytes.ofText("a"),
                            Cover.NONE);
        });
        delete(image);
        pass(DAY);
        collect();
        assertThat(mapped(tx -> tx.layers().find(app, List.of(digest("layer")))))
                .isEmpty();
        assertThat(isStored("layer")).isTrue();

        restore(image);

        assertThat(layerOf(app, "layer").mediaType()).isEqualTo("t");
        assertThat(holds(tx -> tx.layers().isReferenced(app, digest("layer")))).isTrue();
        delete(image);
        pass(DAY);
        collect();
        drop(DAY.plusMillis(1));
        collect();
        assertThat(isStored("layer")).isTrue();
        drop(DAY);
        pass(Duration.ofSeconds(1));
        collect();
        assertThat(isStored("layer")).isFalse();
        assertThat(gone(image)).isEmpty();
    }

    @Test
    void a_repository_that_goes_takes_what_was_kept_of_it_along() {
        var image = store().transact(tx -> {
            layer(tx, app, "layer");
            return tx.images()
                    .add(
                            app,
                            image(digest("a"), Map.of(digest("layer"), "t"), List.of()),
                            ManifestBytes.ofText("a"),
                            Cover.NONE);
        });
        delete(image);
        var tag = new ResourceTag("team", "a");
        write(tx -> tx.repositories().putTags(app, List.of(tag)));
        write(tx -> tx.repositories().deleteKept(app, later()));
        assertThat(listed(tx -> tx.repositories().deleted(DAY, 10))).isEmpty();
        assertThat(listed(tx -> tx.repositories().named(REGISTRY, app.name()))).containsExactly(app.id());
        pass(DAY);
        assertThat(listed(tx -> tx.repositories().deleted(DAY, 10))).containsExactly(app.id());
        assertThat(listed(tx -> tx.repositories().deleted(REGISTRY, app.name())))
                .singleElement()
                .satisfies(gone ->
                        assertThat(listed(tx -> tx.repositories().tags(gone))).containsExactly(tag));
        assertThat(listed(tx -> tx.repositories().deleted(REGISTRY, 10)))
                .extracting(Repositories.DeletedName::name)
                .containsExactly(app.name());
        assertThat(listed(tx -> tx.repositories().deleted(REGISTRY, 0))).isEmpty();
        while (store().<Boolean>transact(tx -> tx.repositories().purge(app.id(), 1))) {
            assertThat(listed(tx -> tx.repositories().deleted(REGISTRY, app.name())))
                    .isEmpty();
        }
        pass(DAY);
        collect();

        assertThat(isStored("layer")).isFalse();
        assertThat(listed(tx -> tx.repositories().named(REGISTRY, app.name()))).isEmpty();
        assertThat(store().<Boolean>read(tx -> tx.history().isOlder(Duration.ZERO)))
                .isFalse();
    }
}
