package entrepot.lifecycle;

import static entrepot.lifecycle.RandomRepository.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.ImageAction;
import entrepot.lifecycle.LifecycleOutcome.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What holds of every policy and every repository.
class EvaluationPropertiesTest {

    private final Random random = new Random(15);
    private final RandomRepository any = new RandomRepository(random);

    private interface Property {
        void hold(LifecyclePolicy policy, List<LifecycleImage> images, LifecycleOutcome outcome);
    }

    private void holds(int cases, Property property) {
        var acted = 0;
        for (int i = 0; i < cases; i++) {
            var policy = any.policy();
            var images = any.images();
            var outcome = Evaluation.of(policy, images, NOW);
            property.hold(policy, images, outcome);
            acted += outcome.verdicts().size();
        }
        assertThat(acted).as("what was done in all cases together").isGreaterThan(cases / 2);
    }

    @Test
    void it_does_what_the_definition_says() {
        holds(100_000, (policy, images, outcome) -> {
            var expected = new PlainEvaluation(policy.rules(), images, NOW).decisions();
            if (!PlainEvaluation.of(outcome).equals(expected)) {
                assertThat(PlainEvaluation.of(outcome))
                        .as("%s of %s", policy, images)
                        .isEqualTo(expected);
            }
        });
    }

    @Test
    void an_image_is_acted_on_once_at_most() {
        holds(5_000, (_, _, outcome) -> assertThat(ids(outcome)).doesNotHaveDuplicates());
    }

    @Test
    void a_rule_that_keeps_more_never_acts_on_more() {
        holds(
                20_000,
                (policy, images, outcome) ->
                        assertThat(ids(outcome)).containsAll(ids(Evaluation.of(any.keepingMore(policy), images, NOW))));
    }

    @Test
    void the_order_of_images_is_no_matter() {
        holds(5_000, (policy, images, outcome) -> {
            var other = new ArrayList<>(images);
            Collections.shuffle(other, random);
            assertThat(Evaluation.of(policy, other, NOW)).isEqualTo(outcome);
        });
    }

    @Test
    void what_a_list_names_never_expires_before_the_list() {
        holds(20_000, (_, images, outcome) -> {
            var there = ids(images);
            var gone = new HashSet<Long>();
            for (var verdict : outcome.verdicts()) {
                if (verdict.action() == ImageAction.EXPIRE) {
                    var parents = new HashSet<>(verdict.image().ties().parents());
                    parents.retainAll(there);
                    assertThat(gone).containsAll(parents);
                    gone.add(verdict.image().id());
                }
            }
        });
    }

    @Test
    void what_is_about_an_image_is_done_with_it() {
        holds(20_000, (_, images, outcome) -> {
            var there = ids(images);
            for (var unit : outcome.units()) {
                var together = ids(unit);
                unit.verdicts().stream()
                        .map(verdict -> verdict.image().ties().subject())
                        .filter(subject -> subject != null && there.contains(subject))
                        .forEach(subject -> assertThat(together).contains(subject));
            }
        });
    }

    private static List<Long> ids(LifecycleOutcome outcome) {
        return outcome.verdicts().stream().map(verdict -> verdict.image().id()).toList();
    }

    private static Set<Long> ids(Unit unit) {
        return unit.verdicts().stream().map(verdict -> verdict.image().id()).collect(Collectors.toSet());
    }

    private static Set<Long> ids(List<LifecycleImage> images) {
        return images.stream().map(LifecycleImage::id).collect(Collectors.toSet());
    }
}
