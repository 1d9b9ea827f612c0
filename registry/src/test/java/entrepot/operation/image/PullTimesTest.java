package entrepot.operation.image;

import static entrepot.operation.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Caller;
import entrepot.domain.Arn;
import entrepot.domain.Digest;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Law;
import entrepot.operation.Images;
import entrepot.operation.PullTimes;
import entrepot.operation.World;
import entrepot.operation.registry.RegisterPullTimeUpdateExclusion;
import entrepot.store.ForwardedMetadata;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class PullTimesTest {

    private static final String ALL =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";

    private static final Duration DAY = Duration.ofHours(24);

    @AutoClose
    private final World world = World.withApp();

    private final Images images = Images.into(world, APP);
    private final PullTimes pulls = world.means.kept().pulls();

    private Digest push(String note) {
        return images.put(APP, Images.image(note), note);
    }

    private void pull(Caller caller, ImageIdentifier... ids) {
        world.call(caller, world.the(BatchGetImage.class), new BatchGetImage.Input(null, APP, List.of(ids), null));
    }

    private void store() {
        pulls.store(world.metadata, pulls.pending(9));
    }

    private @Nullable Instant recorded(Digest digest) {
        var input = new DescribeImages.Input(null, APP, List.of(Images.byDigest(digest)), null, null, null);
        return world.call(world.the(DescribeImages.class), input)
                .imageDetails()
                .getFirst()
                .lastRecordedPullTime();
    }

    @Test
    void a_pull_is_recorded_by_tag_and_by_digest_and_what_was_not_pulled_has_none() {
        var first = push("a");
        var second = push("b");
        var third = push("c");
        world.clock.move(Duration.ofMinutes(1));

        pull(world.root, Images.byTag("a"));
        pull(world.root, Images.byDigest(second), Images.byTag("no such tag"));
        assertThat(recorded(first)).isNull();
        store();

        assertThat(recorded(first)).isEqualTo(world.clock.instant());
        assertThat(recorded(second)).isEqualTo(world.clock.instant());
        assertThat(recorded(third)).isNull();
        assertThat(pulls.pending(9)).isEmpty();
    }

    @Test
    void the_next_one_is_recorded_after_24_hours_and_not_before() {
        var image = push("a");
        pull(world.root, Images.byTag("a"));
        store();
        var first = world.clock.instant();

        world.clock.move(DAY.minusSeconds(1));
        pull(world.root, Images.byTag("a"));
        assertThat(pulls.pending(9)).isEmpty();

        world.clock.move(Duration.ofSeconds(1));
        pull(world.root, Images.byTag("a"));
        store();
        assertThat(recorded(image)).isEqualTo(first.plus(DAY));
    }

    @Test
    void many_pulls_of_one_image_are_one_write_and_none_on_their_way() {
        push("a");
        var writes = new int[1];
        var metadata = new ForwardedMetadata(world.metadata) {
            @Override
            public <T> T transactGuarded(Function<Transaction, T> work) {
                writes[0]++;
                return super.transactGuarded(work);
            }
        };
        var get = new BatchGetImage(metadata, world.vault, pulls, new PullBlock(null));
        for (int i = 0; i < 1_000; i++) {
            world.call(get, new BatchGetImage.Input(null, APP, List.of(Images.byTag("a")), null));
        }
        assertThat(writes[0]).isZero();
        assertThat(pulls.pending(9)).hasSize(1);

        pulls.store(metadata, pulls.pending(9));
        assertThat(writes[0]).isEqualTo(1);
    }

    @Test
    void a_look_is_no_pull() {
        push("a");

        world.call(
                world.the(BatchGetImage.class),
                new BatchGetImage.Input(null, APP, List.of(Images.byTag("a")), null, true));

        assertThat(pulls.pending(9)).isEmpty();
    }

    @Test
    void a_child_is_pulled_only_when_it_is_got_itself() {
        var child = push("child");
        var list = images.put(APP, Images.index(Images.image("child")), "list");

        pull(world.root, Images.byTag("list"));
        store();

        assertThat(recorded(list)).isNotNull();
        assertThat(recorded(child)).isNull();
    }

    @Test
    void whoever_is_excluded_hides_no_other() {
        var image = push("a");
        var other = push("b");
        exclude(world.root.principal().arn());
        var ann = world.user(World.ID.account(), "ann", ALL);

        pull(world.root, Images.byTag("a"), Images.byTag("b"));
        world.clock.move(Duration.ofSeconds(1));
        pull(ann, Images.byTag("a"));
        store();

        assertThat(recorded(image)).isEqualTo(world.clock.instant());
        assertThat(recorded(other)).isNull();
    }

    @Test
    void pulls_of_an_image_that_was_deleted_hold_no_other_back() {
        var gone = push("gone");
        var kept = push("kept");
        pull(world.root, Images.byTag("gone"), Images.byTag("kept"));
        images.delete(Law.ECR, APP, Images.byDigest(gone));

        store();

        assertThat(recorded(kept)).isNotNull();
        assertThat(pulls.pending(9)).isEmpty();
    }

    private void exclude(String principal) {
        world.call(
                world.the(RegisterPullTimeUpdateExclusion.class),
                new RegisterPullTimeUpdateExclusion.Input(new Arn(principal)));
    }
}
