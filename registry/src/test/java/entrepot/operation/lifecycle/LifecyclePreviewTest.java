package entrepot.operation.lifecycle;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static entrepot.operation.lifecycle.Lifecycles.DAY;
import static entrepot.operation.lifecycle.Lifecycles.OLDER_THAN_A_DAY;
import static entrepot.operation.lifecycle.Lifecycles.ONE_STAYS;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.ImageAction;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.StorageClass;
import entrepot.domain.Tag;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.store.LifecyclePreviews.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// StartLifecyclePolicyPreview, GetLifecyclePolicyPreview and what makes previews.
class LifecyclePreviewTest {

    private static final String IN_APP = " with name 'app' in the registry with id '123456789012'";

    @AutoClose
    private final Lifecycles lifecycles = new Lifecycles();

    private final World world = lifecycles.world;

    @Test
    void it_says_what_would_become_of_each_image() {
        var tagged = lifecycles.push("one", "v1");
        lifecycles.push("one", "v0");
        var pushedAt = world.clock.instant();
        world.clock.move(Duration.ofMinutes(1));
        var untagged = lifecycles.push("two", null);
        world.clock.move(Duration.ofMinutes(1));
        lifecycles.push("three", "v3");

        var started = lifecycles.start(ONE_STAYS);
        assertThat(started)
                .isEqualTo(
                        new StartLifecyclePolicyPreview.Output(World.ID.account(), APP, ONE_STAYS, State.IN_PROGRESS));
        assertThat(lifecycles.preview().status()).isEqualTo(State.IN_PROGRESS);
        assertThat(lifecycles.preview().previewResults()).isEmpty();
        lifecycles.makePreviews();

        var preview = lifecycles.preview();
        assertThat(preview.status()).isEqualTo(State.COMPLETE);
        assertThat(preview.lifecyclePolicyText()).isEqualTo(ONE_STAYS);
        assertThat(preview.summary()).isEqualTo(new PreviewResult.Summary(2, List.of()));
        assertThat(preview.previewResults())
                .containsExactly(
                        new PreviewResult(
                                List.of(new Tag("v0"), new Tag("v1")),
                                tagged,
                                pushedAt,
                                new PreviewResult.RuleAction(ImageAction.EXPIRE, null),
                                1,
                                StorageClass.STANDARD),
                        new PreviewResult(
                                null,
                                untagged,
                                pushedAt.plusSeconds(60),
                                new PreviewResult.RuleAction(ImageAction.EXPIRE, null),
                                1,
                                StorageClass.STANDARD));
    }

    @Test
    void it_says_what_would_go_to_the_archive() {
        lifecycles.push("one", "v1");
        world.clock.move(DAY.plusMillis(1));

        lifecycles.start(OLDER_THAN_A_DAY.replace("\"expire\"", "\"transition\",\"targetStorageClass\":\"archive\""));
        lifecycles.makePreviews();

        var preview = lifecycles.preview();
        assertThat(preview.previewResults())
                .singleElement()
                .satisfies(result -> assertThat(result.action())
                        .isEqualTo(new PreviewResult.RuleAction(ImageAction.TRANSITION, StorageClass.ARCHIVE)));
        assertThat(preview.summary())
                .isEqualTo(new PreviewResult.Summary(
                        0, List.of(new PreviewResult.Transitioning(StorageClass.ARCHIVE, 1))));
    }

    @Test
    void without_a_policy_of_its_own_it_is_of_the_repositorys() {
        assertThat(refusal(() -> lifecycles.start(null)))
                .isEqualTo("LifecyclePolicyNotFoundException: Lifecycle policy does not exist for the repository"
                        + IN_APP);
        lifecycles.put(ONE_STAYS);

        assertThat(lifecycles.start(null).lifecyclePolicyText()).isEqualTo(ONE_STAYS);
        assertThat(refusal(() -> world.call(
                        world.the(StartLifecyclePolicyPreview.class),
                        new StartLifecyclePolicyPreview.Input(null, OTHER, null))))
                .isEqualTo(World.absent(OTHER));
    }

    @Test
    void there_is_one_at_a_time_and_the_newest_is_shown() {
        assertThat(refusal(lifecycles::preview))
                .isEqualTo("LifecyclePolicyPreviewNotFoundException: Lifecycle policy preview does not exist for the"
                        + " repository" + IN_APP);
        lifecycles.push("one", null);
        lifecycles.push("two", null);
        lifecycles.start(ONE_STAYS);
        assertThat(refusal(() -> lifecycles.start(ONE_STAYS)))
                .startsWith("LifecyclePolicyPreviewInProgressException: ");
        lifecycles.makePreviews();

        lifecycles.start(OLDER_THAN_A_DAY);
        lifecycles.makePreviews();

        assertThat(lifecycles.preview().previewResults()).isEmpty();
        assertThat(lifecycles.previews.over(9)).hasSize(1);
        lifecycles.previews.over(9).forEach(lifecycles.previews::end);
        assertThat(lifecycles.previews.over(9)).isEmpty();
        assertThat(lifecycles.preview().status()).isEqualTo(State.COMPLETE);
    }

    @Test
    void it_is_shown_for_a_day() {
        lifecycles.push("one", null);
        lifecycles.push("two", null);
        lifecycles.start(ONE_STAYS);
        lifecycles.makePreviews();
        world.clock.move(DAY);
        assertThat(lifecycles.preview().previewResults()).hasSize(1);

        world.clock.move(Duration.ofMillis(1));
        assertThat(lifecycles.preview().status()).isEqualTo(State.EXPIRED);
        lifecycles.previews.over(9).forEach(lifecycles.previews::end);

        assertThat(lifecycles.previews.over(9)).isEmpty();
        var expired = lifecycles.preview();
        assertThat(expired.status()).isEqualTo(State.EXPIRED);
        assertThat(expired.previewResults()).isEmpty();
        assertThat(expired.summary()).isNull();
    }

    @Test
    void results_come_in_pages_and_by_tags() {
        var all = new ArrayList<Digest>();
        for (int i = 0; i < 5; i++) {
            all.add(lifecycles.push("image " + i, i % 2 == 0 ? null : "v" + i));
        }
        lifecycles.push("last", null);
        lifecycles.start(ONE_STAYS);
        lifecycles.makePreviews();

        var first = page(null, 2, null);
        assertThat(digests(first)).isEqualTo(all.subList(0, 2));
        var second = page(first.nextToken(), 3, null);
        assertThat(digests(second)).isEqualTo(all.subList(2, 5));
        assertThat(second.nextToken()).isNull();
        assertThat(second.summary()).isEqualTo(first.summary());
        assertThat(digests(page(null, 9, "TAGGED"))).containsExactly(all.get(1), all.get(3));
        assertThat(digests(page(null, 9, "UNTAGGED"))).containsExactly(all.get(0), all.get(2), all.get(4));
        assertThat(digests(page(null, 9, "ANY"))).isEqualTo(all);
        assertThat(refusal(() -> page("bm8", 2, null)))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'nextToken' failed to satisfy constraint:"
                        + " 'Invalid token'");
        assertThat(refusal(() -> page(null, 101, null))).contains("'Member must have value less than or equal to 100'");
    }

    @Test
    void results_of_named_images_are_those_that_are_acted_on() {
        var old = lifecycles.push("old", "v1");
        var kept = lifecycles.push("kept", "v2");
        lifecycles.start(ONE_STAYS);
        lifecycles.makePreviews();

        assertThat(digests(named(Images.byTag("v1")))).containsExactly(old);
        assertThat(digests(named(Images.byDigest(old), Images.byTag("v1"), Images.byDigest(kept))))
                .containsExactly(old);
        assertThat(digests(named(new ImageIdentifier(old.toString(), "v2")))).isEmpty();
        assertThat(digests(named(Images.byTag("no tag"), new ImageIdentifier(null, null))))
                .isEmpty();
        assertThat(refusal(() -> lifecycles.preview(
                        new GetLifecyclePolicyPreview.Input(null, APP, List.of(Images.byTag("v1")), null, 5, null))))
                .contains("'maxResults'");
    }

    @Test
    void one_whose_maker_died_is_made_by_another() {
        lifecycles.push("one", null);
        lifecycles.push("two", null);
        lifecycles.start(ONE_STAYS);
        var open = lifecycles.previews.open(1).getFirst();
        var now = world.clock.instant();
        world.metadata.transact(tx -> tx.lifecyclePreviews().claim(open, now, now.plusSeconds(60)));
        lifecycles.makePreviews();
        assertThat(lifecycles.preview().status()).isEqualTo(State.IN_PROGRESS);

        world.clock.move(Duration.ofSeconds(61));
        lifecycles.makePreviews();

        assertThat(lifecycles.preview().previewResults()).hasSize(1);
    }

    @Test
    void one_of_a_repository_that_has_gone_meanwhile_fails_and_hinders_none() {
        lifecycles.start(ONE_STAYS);
        world.delete(APP);

        lifecycles.makePreviews();

        assertThat(lifecycles.previews.open(9)).isEmpty();
        assertThat(refusal(lifecycles::preview)).isEqualTo(World.absent(APP));
        world.create(APP);
        assertThat(refusal(lifecycles::preview)).startsWith("LifecyclePolicyPreviewNotFoundException: ");
    }

    private GetLifecyclePolicyPreview.Output page(@Nullable String token, int size, @Nullable String tagStatus) {
        var filter = tagStatus == null ? null : new GetLifecyclePolicyPreview.Filter(tagStatus);
        return lifecycles.preview(new GetLifecyclePolicyPreview.Input(null, APP, null, token, size, filter));
    }

    private GetLifecyclePolicyPreview.Output named(ImageIdentifier... ids) {
        return lifecycles.preview(new GetLifecyclePolicyPreview.Input(null, APP, List.of(ids), null, null, null));
    }

    private static List<Digest> digests(GetLifecyclePolicyPreview.Output preview) {
        return preview.previewResults().stream().map(PreviewResult::imageDigest).toList();
    }
}
