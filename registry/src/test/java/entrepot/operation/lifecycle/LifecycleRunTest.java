package entrepot.operation.lifecycle;

import static entrepot.operation.World.APP;
import static entrepot.operation.lifecycle.Lifecycles.DAY;
import static entrepot.operation.lifecycle.Lifecycles.OLDER_THAN_A_DAY;
import static entrepot.operation.lifecycle.Lifecycles.ONE_STAYS;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Law;
import entrepot.operation.AuditTrail;
import entrepot.operation.ImageChanges;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.store.ForwardedMetadata;
import entrepot.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class LifecycleRunTest {

    @AutoClose
    private final Lifecycles lifecycles = new Lifecycles();

    private final World world = lifecycles.world;

    @Test
    void it_deletes_what_the_preview_said_and_nothing_the_second_time() {
        var old = lifecycles.push("old", "v1");
        world.clock.move(DAY.plusMillis(1));
        var fresh = lifecycles.push("fresh", "v2");
        lifecycles.put(OLDER_THAN_A_DAY);

        assertThat(lifecycles.run()).hasValue(1);
        assertThat(lifecycles.has(old)).isFalse();
        assertThat(lifecycles.has(fresh)).isTrue();
        assertThat(lifecycles.run()).hasValue(0);
    }

    @Test
    void a_list_goes_before_what_it_names_and_what_is_about_it_goes_with_it() {
        var child = lifecycles.push("child", null);
        var list = lifecycles.push(Images.index(Images.image("child")), "v1");
        var signature = lifecycles.push(Images.about(list), null);
        var ofSignature = lifecycles.push(Images.about(signature, "of signature", ""), null);
        world.clock.move(DAY.plusMillis(1));
        var held = lifecycles.push("held", null);
        world.clock.move(DAY);
        lifecycles.push(Images.index(Images.image("held")), "v2");
        world.clock.move(Duration.ofMillis(1));
        lifecycles.put(OLDER_THAN_A_DAY);

        assertThat(lifecycles.run()).hasValue(4);

        assertThat(List.of(child, list, signature, ofSignature)).noneMatch(lifecycles::has);
        assertThat(lifecycles.has(held)).isTrue();
    }

    @Test
    void what_is_about_a_deleted_image_goes_at_the_next_run() {
        var subject = lifecycles.push("subject", "v1");
        var signature = lifecycles.push(Images.about(subject), null);
        var early = lifecycles.push(Images.about(Images.digest(Images.image("never came"))), null);
        lifecycles.put(OLDER_THAN_A_DAY);
        lifecycles.run();
        assertThat(lifecycles.has(signature)).isTrue();

        lifecycles.images.delete(Law.ECR, APP, Images.byDigest(subject));
        lifecycles.start(null);
        lifecycles.makePreviews();

        assertThat(lifecycles.preview().previewResults()).singleElement().satisfies(result -> {
            assertThat(result.imageDigest()).isEqualTo(signature);
            assertThat(result.appliedRulePriority()).isNull();
        });
        assertThat(lifecycles.run()).hasValue(1);
        assertThat(lifecycles.has(signature)).isFalse();
        assertThat(lifecycles.has(early)).isTrue();
    }

    @Test
    void preview_equals_run_for_repositories_by_chance() {
        var random = new Random(3);
        var name = 0;
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 6; i++) {
                pushAny(random, name++);
                world.clock.move(Duration.ofHours(random.nextInt(12)));
            }
            lifecycles.put(anyPolicy(random));
            lifecycles.start(null);
            lifecycles.makePreviews();
            var said = lifecycles
                    .preview(new GetLifecyclePolicyPreview.Input(null, APP, null, null, 100, null))
                    .previewResults();
            var before = lifecycles.all();

            lifecycles.run();

            var gone = new HashSet<>(before);
            gone.removeAll(lifecycles.all());
            assertThat(gone)
                    .isEqualTo(said.stream().map(PreviewResult::imageDigest).collect(Collectors.toSet()));
        }
        assertThat(lifecycles.all()).isNotEmpty();
    }

    private void pushAny(Random random, int name) {
        var tag = random.nextBoolean() ? "v" + random.nextInt(6) : null;
        var there = List.copyOf(lifecycles.all());
        switch (random.nextInt(4)) {
            case 0 -> {
                lifecycles.push("child " + name, null);
                lifecycles.push(Images.index(Images.image("child " + name)), tag);
            }
            case 1 -> {
                if (!there.isEmpty()) {
                    var subject = there.get(random.nextInt(there.size()));
                    lifecycles.push(Images.about(subject, "about " + name, ""), tag);
                }
            }
            default -> lifecycles.push("image " + name, tag);
        }
    }

    private static String anyPolicy(Random random) {
        var number = 1 + random.nextInt(3);
        return Lifecycles.policyOf(
                Lifecycles.rule(
                        1,
                        "'tagStatus':'tagged','tagPatternList':['v%d'],'countType':'imageCountMoreThan','countNumber':1"
                                .formatted(random.nextInt(6))),
                Lifecycles.rule(2, "'tagStatus':'untagged','countType':'imageCountMoreThan','countNumber':" + number),
                Lifecycles.rule(
                        3,
                        "'tagStatus':'any','countType':'sinceImagePushed','countUnit':'days','countNumber':" + number));
    }

    @Test
    void a_run_ends_where_the_policy_is_another_one() {
        for (int i = 0; i < 120; i++) {
            lifecycles.push("image " + i, null);
        }
        world.clock.move(DAY.plusMillis(1));
        lifecycles.put(OLDER_THAN_A_DAY);
        var metadata = new ForwardedMetadata(world.metadata) {
            private int batches;

            @Override
            public <T> T transactGuarded(Function<Transaction, T> work) {
                if (++batches == 2) {
                    lifecycles.put(OLDER_THAN_A_DAY);
                }
                return super.transactGuarded(work);
            }
        };

        var run = new LifecycleRun(metadata, world.clock, AuditTrail.NONE, ImageChanges.NONE, DAY);

        assertThat(lifecycles.run(run)).hasValue(50);
        assertThat(lifecycles.all()).hasSize(70);
        assertThat(lifecycles.get().lastEvaluatedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void a_clock_that_is_set_forward_expires_no_more_than_that() {
        lifecycles.old("image", "v1");
        var fresh = lifecycles.push("fresh", "v2");
        lifecycles.put(OLDER_THAN_A_DAY);
        lifecycles.run();

        world.clock.move(DAY);
        assertThat(lifecycles.run()).hasValue(0);
        assertThat(lifecycles.has(fresh)).isTrue();

        world.clock.move(DAY.negated().multipliedBy(3));
        assertThat(lifecycles.run()).hasValue(0);
        assertThat(lifecycles.has(fresh)).isTrue();
    }

    @Test
    void the_audit_is_told_of_ten_images_at_a_time() {
        for (int i = 0; i < 12; i++) {
            lifecycles.push("image " + i, i == 0 ? "v1" : null);
        }
        lifecycles.put(ONE_STAYS);

        lifecycles.run(new LifecycleRun(world.metadata, world.clock, lifecycles.audit, ImageChanges.NONE, DAY));

        assertThat(lifecycles.deeds).hasSize(2).allSatisfy(deed -> {
            assertThat(deed.by()).isEqualTo("test");
            assertThat(deed.region()).isEqualTo(World.ID.region());
            assertThat(deed.act().name()).isEqualTo("PolicyExecutionEvent");
            assertThat(deed.act().resource()).isEqualTo(world.repository(APP).arn());
        });
        assertThat(lifecycles.deeds.getFirst().details().toString())
                .contains("repositoryName=app")
                .contains("tagStatus=Any", "countType=Image count more than", "countNumber=1", "action=expire")
                .contains("tagList=[v1]", "tagStatus=Untagged");
        assertThat((List<?>) lifecycles.deeds.getFirst().details().get("lifecycleEventImageActions"))
                .hasSize(10);
        assertThat((List<?>) lifecycles.deeds.getLast().details().get("lifecycleEventImageActions"))
                .hasSize(1);
    }
}
