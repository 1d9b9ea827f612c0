package entrepot.replication;

import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.image;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.replication.Replicated.HOME;
import static entrepot.replication.Replicated.THERE;
import static entrepot.replication.Replicated.rule;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RepositoryArn;
import entrepot.domain.StorageClass;
import entrepot.domain.Tag;
import entrepot.operation.Images;
import entrepot.operation.image.UpdateImageStorageClass;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What becomes of changes whose destination is away, or refuses them.
@Timeout(120)
class LineBringingTest {

    private static final Duration DAY = Duration.ofDays(1);

    @AutoClose
    private final Replicated registries = new Replicated();

    private final Images images = registries.images;
    private final Recorder there = new Recorder();

    /// Takes what it is brought, unless it is not to.
    private static final class Recorder implements Destination {

        final List<String> taken = new CopyOnWriteArrayList<>();
        final Set<Digest> has = ConcurrentHashMap.newKeySet();
        final Map<Digest, IOException> refuses = new ConcurrentHashMap<>();
        volatile @Nullable IOException away;
        volatile Predicate<String> hangs = _ -> false;

        private void act(String what, RepositoryArn repository, Digest image) throws IOException, InterruptedException {
            if (away != null) {
                throw away;
            }
            if (hangs.test(repository.repository().value())) {
                Thread.sleep(Duration.ofMinutes(5));
            }
            if (refuses.containsKey(image)) {
                throw refuses.get(image);
            }
            taken.add(what);
        }

        @Override
        public boolean has(RepositoryArn repository, Digest image) throws IOException {
            if (away != null) {
                throw away;
            }
            return has.contains(image);
        }

        @Override
        public void layer(RepositoryArn repository, Digest layer) {}

        @Override
        public void put(RepositoryArn repository, Digest image, Brought manifest)
                throws IOException, InterruptedException {
            act("put " + manifest.tags(), repository, image);
            has.add(image);
        }

        @Override
        public void untag(RepositoryArn repository, Tag tag, Digest image) throws IOException, InterruptedException {
            act("untag " + tag, repository, image);
        }

        @Override
        public void untag(RepositoryArn repository, Tag tag) throws IOException, InterruptedException {
            taken.add("untag whatever " + tag);
        }

        @Override
        public void delete(RepositoryArn repository, Digest image) throws IOException, InterruptedException {
            act("delete", repository, image);
        }
    }

    @BeforeEach
    void replicate_to_the_recorder() {
        registries.elsewhere.put(THERE, there);
        registries.rules(HOME, rule(true, List.of(), THERE));
    }

    private Digest push(String note, String tag) {
        return images.put(APP, image(note), tag);
    }

    @Test
    void what_is_away_is_tried_again_later_each_time_and_in_order() {
        there.away = new IOException("no route");
        var one = push("one", "v1");
        push("two", "v2");
        for (int tries = 0; tries < 12; tries++) {
            assertThat(registries.replicate()).containsExactly(Map.entry(THERE.toString(), "no route"));
            assertThat(registries.replicate()).isEmpty();
            registries.world.clock.move(Duration.ofSeconds(Math.min(1L << tries, 300)));
        }
        assertThat(registries.status(one)).containsExactly("us-east-1 IN_PROGRESS");
        there.away = null;
        registries.replicate();

        assertThat(there.taken).containsExactly("put [v1]", "put [v2]");
        assertThat(registries.status(one)).containsExactly("us-east-1 COMPLETE");
    }

    @Test
    void what_waited_for_seven_days_is_given_up() {
        there.away = new IOException("no route");
        var old = push("one", "v1");
        registries.replicate();
        registries.world.clock.move(DAY.multipliedBy(6));
        var late = push("two", "v2");
        registries.replicate();
        assertThat(registries.status(old)).containsExactly("us-east-1 IN_PROGRESS");

        registries.world.clock.move(DAY.plusSeconds(1));
        registries.replicate();
        assertThat(registries.status(old)).containsExactly("us-east-1 FAILED DestinationUnavailable");
        assertThat(registries.status(late)).containsExactly("us-east-1 IN_PROGRESS");

        there.away = null;
        registries.world.clock.move(DAY);
        registries.replicate();
        assertThat(there.taken).containsExactly("put [v2]");
    }

    @Test
    void what_is_refused_for_good_lets_the_next_one_pass() {
        var refused = Images.digest(image("one"));
        there.refuses.put(refused, new RefusedException("Denied", true, "no"));
        push("one", "v1");
        push("two", "v2");
        registries.replicate();

        assertThat(there.taken).containsExactly("put [v2]");
        assertThat(registries.status(refused)).containsExactly("us-east-1 FAILED Denied");
    }

    @Test
    void a_list_fails_with_what_it_names() {
        var child = Images.digest(image("child"));
        there.refuses.put(child, new RefusedException("Denied", true, "no"));
        images.put(APP, image("child"), null);
        var list = images.put(APP, Images.index(image("child")), "all");
        registries.replicate();

        assertThat(registries.status(child)).containsExactly("us-east-1 FAILED Denied");
        assertThat(registries.status(list)).containsExactly("us-east-1 FAILED Denied");
        assertThat(there.taken).isEmpty();
    }

    @Test
    void an_image_that_was_archived_before_its_turn_has_not_come_there() {
        there.away = new IOException("no route");
        var image = push("one", "v1");
        registries.replicate();
        var input = new UpdateImageStorageClass.Input(null, APP, byDigest(image), StorageClass.ARCHIVE);
        registries.call(HOME, UpdateImageStorageClass.class, input);
        there.away = null;
        registries.world.clock.move(DAY);
        registries.replicate();

        assertThat(there.taken).noneMatch(each -> each.startsWith("put"));
        assertThat(registries.status(image)).doesNotContain("us-east-1 COMPLETE");
    }

    @Test
    void what_goes_to_a_peer_that_this_node_does_not_know_waits() {
        registries.elsewhere.clear();
        registries.regions = Set.of(HOME.region());
        var image = push("one", "v1");

        assertThat(registries.replicate())
                .containsExactly(Map.entry(THERE.toString(), "no such peer is configured here"));
        assertThat(registries.status(image)).containsExactly("us-east-1 IN_PROGRESS");
    }

    @Test
    void a_repository_that_fails_holds_no_other_back() {
        registries.world.create(OTHER);
        Images.into(registries.world, OTHER);
        there.refuses.put(Images.digest(image("one")), new IOException("not now"));
        push("one", "v1");
        images.put(OTHER, image("two"), "v2");
        registries.replicate();

        assertThat(there.taken).containsExactly("put [v2]");
    }

    /// Else the tag would be left there at the image that it was moved away from.
    @Test
    void a_tag_goes_with_an_image_that_was_deleted_before_it_was_brought() {
        push("one", "v1");
        registries.replicate();
        var moved = push("two", "v1");
        images.delete(Law.OCI, APP, byDigest(moved));
        registries.replicate();

        assertThat(there.taken).containsExactly("put [v1]", "delete", "untag whatever v1");
    }

    @Test
    void what_is_brought_already_is_not_brought_again() {
        var image = push("one", "v1");
        registries.replicate();
        images.delete(Law.OCI, APP, Images.byTag("v1"));
        images.delete(Law.OCI, APP, byDigest(image));
        registries.replicate();
        registries.replicate();

        assertThat(there.taken).containsExactly("put [v1]", "untag v1", "delete");
    }

    @Test
    void who_ends_leaves_what_is_not_done_to_the_next() throws InterruptedException {
        registries.world.create(OTHER);
        Images.into(registries.world, OTHER);
        there.hangs = OTHER.value()::equals;
        images.put(OTHER, image("two"), "v2");
        push("one", "v1");
        var worker = Thread.startVirtualThread(registries::replicate);
        while (there.taken.isEmpty()) {
            Thread.sleep(10);
        }
        worker.interrupt();
        worker.join();
        there.hangs = _ -> false;
        registries.replicate();

        assertThat(there.taken).containsExactly("put [v1]", "put [v2]");
    }

    @Test
    void a_nest_of_lists_is_brought_from_the_inside_however_deep() {
        registries.rules(HOME);
        var inner = image("inner");
        images.put(APP, inner, null);
        for (int i = 0; i < 300; i++) {
            inner = list(inner);
            images.put(APP, inner, null);
        }
        registries.rules(HOME, rule(null, List.of(), THERE));
        var outer = images.put(APP, list(inner), "all");
        registries.replicate();

        assertThat(there.taken).hasSize(302).last().isEqualTo("put [all]");
        assertThat(registries.status(outer)).containsExactly("us-east-1 COMPLETE");
    }

    private static ManifestBytes list(ManifestBytes child) {
        return ManifestBytes.ofText(
                "{\"schemaVersion\":2,\"mediaType\":\"%1$s\",\"manifests\":[{\"mediaType\":\"%2$s\",\"digest\":\"%3$s\",\"size\":%4$d}]}"
                        .formatted(
                                Images.OCI_INDEX,
                                child.text().contains("\"manifests\"") ? Images.OCI_INDEX : Images.OCI,
                                Images.digest(child),
                                child.length()));
    }
}
