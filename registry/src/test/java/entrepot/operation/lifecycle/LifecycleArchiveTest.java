package entrepot.operation.lifecycle;

import static entrepot.domain.ImageStatus.ACTIVE;
import static entrepot.domain.ImageStatus.ARCHIVED;
import static entrepot.operation.World.APP;
import static entrepot.operation.lifecycle.Lifecycles.DAY;
import static entrepot.operation.lifecycle.Lifecycles.OLDER_THAN_A_DAY;
import static entrepot.operation.lifecycle.Lifecycles.policyOf;
import static entrepot.operation.lifecycle.Lifecycles.rule;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.ImageChange;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.Law;
import entrepot.operation.Archives;
import entrepot.operation.Images;
import entrepot.operation.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Policies that archive, and policies for what is archived.
class LifecycleArchiveTest {

    private static final String ARCHIVE_AFTER_A_DAY = archiving(OLDER_THAN_A_DAY);

    private static final String GONE_90_DAYS_LATER = policyOf(rule(
            1,
            "'tagStatus':'any','storageClass':'archive','countType':'sinceImageTransitioned',"
                    + "'countUnit':'days','countNumber':90"));

    @AutoClose
    private final Lifecycles lifecycles = new Lifecycles();

    private final World world = lifecycles.world;
    private final Archives archives = new Archives(world);

    private static String archiving(String policy) {
        return policy.replace("\"expire\"", "\"transition\",\"targetStorageClass\":\"archive\"");
    }

    @Test
    void what_is_due_is_archived_once_and_comes_back_as_new() {
        var old = lifecycles.old("old", "v1");
        var fresh = lifecycles.push("fresh", "v2");
        lifecycles.put(ARCHIVE_AFTER_A_DAY);

        assertThat(lifecycles.run()).hasValue(1);
        assertThat(archives.status(old)).isEqualTo(ARCHIVED);
        assertThat(archives.detail(old).lastArchivedAt()).isEqualTo(world.clock.instant());
        assertThat(archives.status(fresh)).isEqualTo(ACTIVE);
        assertThat(lifecycles.run()).hasValue(0);

        archives.restore(old);
        assertThat(lifecycles.run()).hasValue(0);
        world.clock.move(DAY.plusMillis(1));
        assertThat(lifecycles.run()).hasValue(2);
    }

    @Test
    void it_is_told_as_done_by_the_policy() {
        lifecycles.old("old", "v1");
        lifecycles.put(ARCHIVE_AFTER_A_DAY);
        lifecycles.run();

        assertThat(world.changes).last().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(Kind.ARCHIVE);
            assertThat(change.principal()).isEqualTo("lifecycle");
            assertThat(change.image().archival().status()).isEqualTo(ARCHIVED);
        });
    }

    @Test
    void what_was_archived_for_long_expires_and_what_came_back_does_not() {
        var stays = lifecycles.push("stays", "v1");
        var goes = lifecycles.push("goes", "v2");
        var active = lifecycles.push("active", "v3");
        var signature = lifecycles.push(Images.about(goes), null);
        archives.archive(stays);
        archives.archive(goes);
        lifecycles.put(GONE_90_DAYS_LATER);
        world.clock.move(DAY.multipliedBy(90));
        assertThat(lifecycles.run()).hasValue(0);

        world.clock.move(Duration.ofMillis(1));
        archives.restore(stays);
        assertThat(lifecycles.run()).hasValue(2);
        assertThat(archives.described("ANY")).containsExactly(stays, active);
        assertThat(lifecycles.has(signature)).isFalse();
    }

    @Test
    void one_that_came_back_is_counted_as_the_newest() {
        var first = lifecycles.old("first", "v1");
        var second = lifecycles.old("second", "v2");
        archives.archive(first);
        archives.restore(first);
        lifecycles.put(Lifecycles.ONE_STAYS);

        assertThat(lifecycles.run()).hasValue(1);
        assertThat(lifecycles.has(first)).isTrue();
        assertThat(lifecycles.has(second)).isFalse();
    }

    @Test
    void a_list_goes_to_the_archive_before_what_it_names_and_what_is_about_it_goes_along() {
        var child = lifecycles.push("child", null);
        var list = lifecycles.push(Images.index(Images.image("child")), "v1");
        var signature = lifecycles.push(Images.about(list), null);
        var held = lifecycles.push("held", null);
        world.clock.move(DAY.plusMillis(1));
        var young = lifecycles.push(Images.index(Images.image("held")), "v2");
        lifecycles.put(ARCHIVE_AFTER_A_DAY);

        assertThat(lifecycles.run()).hasValue(3);
        assertThat(List.of(child, list, signature)).allMatch(image -> archives.status(image) == ARCHIVED);
        assertThat(List.of(held, young)).allMatch(image -> archives.status(image) == ACTIVE);

        archives.archive(young);
        assertThat(lifecycles.run()).hasValue(1);
        assertThat(archives.status(held)).isEqualTo(ARCHIVED);
    }

    @Test
    void one_that_is_pulled_or_put_into_a_list_meanwhile_is_left() {
        var image = lifecycles.old("image", "v1");
        lifecycles.put(ARCHIVE_AFTER_A_DAY);
        var plan = LifecyclePlan.of(world.metadata, world.repository(APP), world.clock.instant())
                .orElseThrow();
        assertThat(plan.outcome().verdicts()).hasSize(1);

        lifecycles.push(Images.index(Images.image("image")), "list");

        assertThat(lifecycles.run()).hasValue(0);
        assertThat(archives.status(image)).isEqualTo(ACTIVE);
    }

    @Test
    void preview_equals_run_for_repositories_and_policies_by_chance() {
        var random = new Random(5);
        for (int round = 0, name = 0; round < 20; round++) {
            for (int i = 0; i < 6; i++) {
                pushAny(random, name++);
                world.clock.move(Duration.ofHours(random.nextInt(12)));
            }
            lifecycles.put(anyPolicy(random));
            lifecycles.start(null);
            lifecycles.makePreviews();
            var said = lifecycles
                    .preview(new GetLifecyclePolicyPreview.Input(null, APP, null, null, 100, null))
                    .previewResults()
                    .stream()
                    .map(PreviewResult::imageDigest)
                    .collect(Collectors.toSet());
            var before = new HashSet<>(archives.described(null));
            before.addAll(archives.described("ARCHIVED"));
            var archived = archives.described("ARCHIVED");

            lifecycles.run();

            var acted = new HashSet<>(before);
            acted.removeAll(archives.described("ANY"));
            acted.addAll(archives.described("ARCHIVED").stream()
                    .filter(image -> !archived.contains(image))
                    .toList());
            assertThat(acted).isEqualTo(said);
        }
        assertThat(archives.described("ARCHIVED")).isNotEmpty();
        assertThat(world.changes).extracting(ImageChange::kind).contains(Kind.ARCHIVE, Kind.EXPIRE);
    }

    private void pushAny(Random random, int name) {
        var tag = random.nextBoolean() ? "v" + random.nextInt(6) : null;
        var there = new ArrayList<>(archives.described("ANY"));
        switch (random.nextInt(6)) {
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
            case 2 -> archives.described("ARCHIVED").stream().findFirst().ifPresent(archives::restore);
            case 3 ->
                there.stream()
                        .findFirst()
                        .ifPresent(image -> lifecycles.images.delete(Law.ECR, APP, Images.byDigest(image)));
            default -> lifecycles.push("image " + name, tag);
        }
    }

    private static String anyPolicy(Random random) {
        var number = 1 + random.nextInt(3);
        return policyOf(
                rule(
                        1,
                        "'tagStatus':'tagged','tagPatternList':['%s'],'countType':'imageCountMoreThan','countNumber':1"
                                .formatted(random.nextBoolean() ? "v*" : "v1")),
                archiving(rule(2, "'tagStatus':'untagged','countType':'imageCountMoreThan','countNumber':" + number)),
                archiving(rule(
                        3,
                        "'tagStatus':'any','countType':'sinceImagePushed','countUnit':'days','countNumber':"
                                + number)));
    }
}
