package entrepot.operation.lifecycle;

import static entrepot.operation.World.APP;
import static entrepot.operation.lifecycle.Lifecycles.DAY;
import static entrepot.operation.lifecycle.Lifecycles.OLDER_THAN_A_DAY;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.operation.ImageChanges;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.store.ForwardedMetadata;
import entrepot.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What others do while a policy runs.
class LifecycleRacesTest {

    @AutoClose
    private final Lifecycles lifecycles = new Lifecycles();

    private final World world = lifecycles.world;

    /// Does something once, right before the first transaction of the run that writes.
    private OptionalInt runAfter(Runnable meanwhile) {
        var metadata = new ForwardedMetadata(world.metadata) {
            private boolean isDone;

            @Override
            public <T> T transactGuarded(Function<Transaction, T> work) {
                if (!isDone) {
                    isDone = true;
                    meanwhile.run();
                }
                return super.transactGuarded(work);
            }
        };
        return lifecycles.run(new LifecycleRun(metadata, world.clock, lifecycles.audit, ImageChanges.NONE, DAY));
    }

    @Test
    void an_image_that_was_tagged_meanwhile_is_judged_anew() {
        var keepsReleases = Lifecycles.policyOf(
                Lifecycles.rule(
                        1,
                        "'tagStatus':'tagged','tagPatternList':['release'],'countType':'imageCountMoreThan','countNumber':9"),
                Lifecycles.rule(
                        2, "'tagStatus':'any','countType':'sinceImagePushed','countUnit':'days','countNumber':1"));
        var image = lifecycles.old("image", "v1");
        lifecycles.put(keepsReleases);

        assertThat(runAfter(() -> lifecycles.push("image", "release"))).hasValue(0);
        assertThat(lifecycles.has(image)).isTrue();
    }

    @Test
    void one_that_was_tagged_and_is_still_to_go_goes_in_the_same_run() {
        var image = lifecycles.old("image", "v1");
        lifecycles.put(OLDER_THAN_A_DAY);

        assertThat(runAfter(() -> lifecycles.push("image", "v2"))).hasValue(1);
        assertThat(lifecycles.has(image)).isFalse();
    }

    @Test
    void one_that_was_deleted_and_pushed_anew_is_a_new_one() {
        var image = lifecycles.old("image", "v1");
        lifecycles.put(OLDER_THAN_A_DAY);

        assertThat(runAfter(() -> {
                    lifecycles.images.delete(Law.ECR, APP, Images.byDigest(image));
                    lifecycles.push("image", "v1");
                }))
                .hasValue(0);
        assertThat(lifecycles.has(image)).isTrue();
    }

    @Test
    void one_that_a_list_has_come_to_name_stays_with_all_that_is_about_it() {
        var image = lifecycles.push("image", "v1");
        var signature = lifecycles.push(Images.about(image), null);
        world.clock.move(DAY.plusMillis(1));
        lifecycles.put(OLDER_THAN_A_DAY);

        assertThat(runAfter(() -> lifecycles.push(Images.index(Images.image("image")), "list")))
                .hasValue(0);
        assertThat(lifecycles.has(image)).isTrue();
        assertThat(lifecycles.has(signature)).isTrue();
    }

    @Test
    void one_that_was_deleted_meanwhile_is_not_told_twice() {
        var image = lifecycles.old("image", "v1");
        lifecycles.put(OLDER_THAN_A_DAY);

        assertThat(runAfter(() -> lifecycles.images.delete(Law.ECR, APP, Images.byDigest(image))))
                .hasValue(0);
        assertThat(lifecycles.deeds).isEmpty();
    }

    private static final String TWO_RELEASES_STAY = Lifecycles.policy(
            "'tagStatus':'tagged','tagPatternList':['v*'],'countType':'imageCountMoreThan','countNumber':2");

    @Test
    void what_one_more_deletion_makes_one_of_those_that_stay_is_judged_anew() {
        var images = releases(4);
        lifecycles.put(TWO_RELEASES_STAY);

        assertThat(runAfter(() -> lifecycles.images.delete(Law.ECR, APP, Images.byDigest(images.getLast()))))
                .hasValue(1);
        assertThat(images).filteredOn(lifecycles::has).isEqualTo(images.subList(1, 3));
    }

    @Test
    void and_so_it_is_where_one_loses_the_tag_by_which_it_was_counted() {
        var images = releases(3);
        lifecycles.put(TWO_RELEASES_STAY);

        assertThat(runAfter(() -> lifecycles.images.delete(Law.OCI, APP, Images.byTag("v2"))))
                .hasValue(0);
        assertThat(images).allMatch(lifecycles::has);
    }

    @Test
    void and_where_its_tag_is_moved() {
        var images = releases(4);
        lifecycles.put(TWO_RELEASES_STAY);

        assertThat(runAfter(() -> lifecycles.images.put(APP, Images.image("4 release 0"), "v3")))
                .hasValue(1); // by v3 the first one still counts, and it is older than the third
        assertThat(images).filteredOn(lifecycles::has).contains(images.get(1), images.get(2), images.get(3));
    }

    @Test
    void an_untagged_one_stays_where_one_that_was_counted_with_it_gets_a_tag() {
        var old = lifecycles.push("old", null);
        lifecycles.push("newer", null);
        lifecycles.put(Lifecycles.policy("'tagStatus':'untagged','countType':'imageCountMoreThan','countNumber':1"));
        world.clock.move(Duration.ofSeconds(1));

        assertThat(runAfter(() -> lifecycles.push("newer", "v1"))).hasValue(0);
        assertThat(lifecycles.has(old)).isTrue();
    }

    @Test
    void what_others_delete_holds_up_nothing_that_goes_without_them_too() {
        var images = releases(160);
        lifecycles.put(TWO_RELEASES_STAY);

        assertThat(runAfter(() -> lifecycles.images.delete(Law.ECR, APP, Images.byDigest(images.get(157)))))
                .hasValue(157);
        assertThat(images).filteredOn(lifecycles::has).isEqualTo(images.subList(158, 160));
    }

    private List<Digest> releases(int count) {
        var images = new ArrayList<Digest>();
        for (int i = 0; i < count; i++) {
            images.add(lifecycles.push(count + " release " + i, "v" + i));
        }
        return images;
    }

    @Test
    void an_image_whose_subject_comes_meanwhile_follows_that() {
        var subject = Images.image("subject");
        var early = lifecycles.push(Images.about(Images.digest(subject)), null);
        world.clock.move(DAY.plusMillis(1));
        lifecycles.put(OLDER_THAN_A_DAY);

        assertThat(runAfter(() -> lifecycles.push(subject, "v1"))).hasValue(0);
        assertThat(lifecycles.has(early)).isTrue();
    }

    @Test
    void policies_run_one_at_a_time_and_whose_turn_it_is_no_more_stops() {
        lifecycles.old("image", "v1");
        lifecycles.put(OLDER_THAN_A_DAY);
        var first = RunTurn.take(world.metadata).orElseThrow();
        assertThat(RunTurn.take(world.metadata)).isEmpty();
        first.close();
        try (var next = RunTurn.take(world.metadata).orElseThrow()) {
            assertThat(lifecycles.run.run(first, world.repository(APP), "test")).hasValue(0);
            assertThat(lifecycles.run.run(next, world.repository(APP), "test")).hasValue(1);
        }
    }

    @Test
    void a_run_ends_where_the_policy_or_the_repository_has_gone() {
        lifecycles.old("image", "v1");
        lifecycles.put(OLDER_THAN_A_DAY);
        assertThat(runAfter(lifecycles::delete)).hasValue(0);
        assertThat(lifecycles.all()).hasSize(1);

        lifecycles.put(OLDER_THAN_A_DAY);
        assertThat(runAfter(() -> {
                    world.delete(APP);
                    world.create(APP);
                }))
                .hasValue(0);
    }
}
