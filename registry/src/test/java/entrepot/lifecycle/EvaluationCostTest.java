package entrepot.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.StorageClass;
import entrepot.domain.Tag;
import entrepot.lifecycle.LifecycleImage.Ties;
import entrepot.lifecycle.LifecycleImage.Times;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the time of an evaluation grows. The figures are in the log; only how they compare is asserted.
class EvaluationCostTest {

    private static final Logger LOG = LoggerFactory.getLogger(EvaluationCostTest.class);
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final int ROUNDS = 5;
    private static final int ATTEMPTS = 4;
    private static final int TEN = 10;

    /// Over a plain walk, which takes ten times the time, or more where ten thousand images find room in the
    /// processor's cache and a hundred thousand do not: of that, up to fifteen times count.
    @Test
    void ten_times_the_images_take_no_more_than_half_as_much_again() {
        var policy = policy();
        var ten = IntStream.range(0, TEN).mapToObj(_ -> images(10_000)).toList();
        var one = List.of(images(100_000));
        Consumer<List<LifecycleImage>> evaluation = images ->
                assertThat(Evaluation.of(policy, images, NOW).verdicts()).hasSizeGreaterThan(images.size() / 2);
        cost(evaluation, ten);

        assertThat(IntStream.range(0, ATTEMPTS).anyMatch(_ -> {
                    var before = ratio("a walk", EvaluationCostTest::walk, ten, one);
                    var evaluated = ratio("evaluation", evaluation, ten, one);
                    var after = ratio("a walk", EvaluationCostTest::walk, ten, one);
                    return evaluated < 1.5 * Math.clamp(Math.max(before, after), TEN, 15);
                }))
                .isTrue();
    }

    /// As each rule is asked about each image.
    private static void walk(List<LifecycleImage> images) {
        var sum = 0L;
        for (var round = 0; round < TEN; round++) {
            for (var image : images) {
                sum += image.times().effective().getEpochSecond();
                for (var tag : image.tags()) {
                    sum += tag.toString().length();
                }
            }
        }
        assertThat(sum).isPositive();
    }

    /// How many times as much one repository takes as one of ten, which are looked at one after the other.
    private static double ratio(
            String what,
            Consumer<List<LifecycleImage>> work,
            List<List<LifecycleImage>> ten,
            List<List<LifecycleImage>> one) {
        var ofTen = cost(work, ten);
        var ofOne = cost(work, one);
        LOG.info(
                "{} of 10,000 images {} ms, of 100,000 images {} ms of CPU",
                what,
                ofTen.toMillis() / TEN,
                ofOne.toMillis());
        return (double) TEN * ofOne.toNanos() / ofTen.toNanos();
    }

    /// The least of some rounds, in this thread's time.
    private static Duration cost(Consumer<List<LifecycleImage>> work, List<List<LifecycleImage>> repositories) {
        var threads = ManagementFactory.getThreadMXBean();
        return IntStream.range(0, ROUNDS)
                .mapToObj(_ -> {
                    var before = threads.getCurrentThreadCpuTime();
                    repositories.forEach(work);
                    return Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
                })
                .min(Duration::compareTo)
                .orElseThrow();
    }

    /// Ten rules as people have them: a line for each branch, and one for the rest.
    private static LifecyclePolicy policy() {
        var rules = new StringBuilder();
        for (int i = 1; i < 10; i++) {
            rules.append("""
                    {"rulePriority":%d,"selection":{"tagStatus":"tagged","tagPatternList":["branch-%d-*"],
                    "countType":"imageCountMoreThan","countNumber":100},"action":{"type":"expire"}},""".formatted(i, i));
        }
        return LifecyclePolicy.parse("""
                {"rules":[%s{"rulePriority":10,"selection":{"tagStatus":"any","countType":"sinceImagePushed",
                "countUnit":"days","countNumber":30},"action":{"type":"expire"}}]}""".formatted(rules));
    }

    /// Of ten, nine are tagged, each fifth is a list of two before it, each seventh is about one before it.
    private static List<LifecycleImage> images(int size) {
        return LongStream.rangeClosed(1, size).mapToObj(id -> image(id, size)).toList();
    }

    private static LifecycleImage image(long id, int size) {
        Set<Tag> tags =
                id % 10 == 0 ? Set.of() : Set.of(new Tag("branch-%d-%d".formatted(id % 10, id)), new Tag("c" + id));
        var list = (id + 4) / 5 * 5;
        Set<Long> parents = id % 5 >= 3 && list <= size ? Set.of(list) : Set.of();
        var subject = id % 7 == 0 && parents.isEmpty() ? Long.valueOf(id - 1) : null;
        return new LifecycleImage(
                id,
                RandomRepository.digest(id),
                tags,
                StorageClass.STANDARD,
                Times.ofPush(NOW.minus(Duration.ofMinutes(size - id))),
                new Ties(parents, subject, false));
    }
}
