package entrepot.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.StorageClass;
import entrepot.domain.Tag;
import entrepot.lifecycle.LifecycleImage.Ties;
import entrepot.lifecycle.LifecycleImage.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Repositories and policies in short: an image is its letter, its age in days and its tags (`a10 prod-1,beta-1`); a
/// rule what it selects, what it counts and what it does (`prod* > 1`, `untagged > 14d`). A pattern that ends in `^`
/// is a prefix.
class EvaluationTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            by age                               | a15 prod1; b14 prod2; c13 prod3; d15 dev   | prod* > 14d                  | a1
            by age, untagged ones                | a15; b13; c15 v1                           | untagged > 14d               | a1
            by count, untagged ones              | a3; b2; c1; d4 v1                          | untagged > 1                 | a1 b1
            several rules, A                     | a10 beta-1,prod-1; b9 beta-2,prod-2; c8 beta-3 | prod* > 1; beta* > 1     | a1
            several rules, A by prefixes         | a10 beta-1,prod-1; b9 beta-2,prod-2; c8 beta-3 | prod^ > 1; beta^ > 1     | a1
            several rules, B                     | a10 beta-1,prod-1; b9 beta-2,prod-2; c8 beta-3 | beta* > 1; prod* > 1     | a1 b1
            several tags in a rule, A            | a12 alpha-1; b11 beta-1; c10 alpha-2,beta-2; d4 alpha-3; e3 beta-3; f2 alpha-4,beta-4 | alpha*&beta* > 5d | c1
            several tags in a rule, B            | a10 alpha-1,beta-1,gamma-1; b9 alpha-2,beta-2; c8 alpha-3,beta-3,gamma-2 | alpha*&beta* > 1  | a1 b1
            all images                           | a12 alpha-1; b11 beta-1; c10 alpha-2,beta-2; d4 alpha-3; e3; f2 | any > 5 | a1
            all images, by age                   | a31 v1; b31; c29                           | any > 30d                    | a1 b1
            any after others                     | a9 prod-1; b8; c7 dev-1; d6 prod-2         | prod* > 1; untagged > 1d; any > 1 | a1 b2 c3
            a whole tag without a star           | a9 prod; b8 prod1                          | prod > 1d                    | a1
            stars in the middle                  | a9 x-test-1; b8 testing; c7 atestb         | *test*1 > 1d                 | a1
            four stars                           | a9 xtest1a2b3; b9 test123                  | *test*1*2*3 > 1d             | a1 b1
            moved to the archive by age          | a31 v1; b29 v2                             | any > 30d transition         | a1t
            by pulls, none was pulled            | a91 v1; b89 v2                             | any > 90d unpulled           | a1t
            a higher rule that keeps shields     | a50 v1                                     | v* > 99d; any > 1d           |
            exactly as old as said is not older  | a5                                         | any > 5d                     |
            of the same moment the later one stays | a5; b5; c5                               | any > 1                      | a1 b1
            from a clock that was ahead          | a-1; b1                                    | any > 1d                     |
            """)
    void examples(String name, String images, String rules, @Nullable String expected) {
        var outcome = Evaluation.of(policy(rules), images(images), NOW);

        assertThat(told(outcome)).containsExactlyInAnyOrder(expected == null ? new String[0] : expected.split(" "));
    }

    private static List<String> told(LifecycleOutcome outcome) {
        return outcome.verdicts().stream()
                .map(verdict -> letter(verdict.image().id())
                        + (verdict.rule() == null
                                ? "-"
                                : String.valueOf(verdict.rule().priority()))
                        + switch (verdict.action()) {
                            case EXPIRE -> "";
                            case TRANSITION -> "t";
                        })
                .toList();
    }

    private static String letter(long id) {
        return String.valueOf((char) ('a' + id - 1));
    }

    private static List<LifecycleImage> images(String texts) {
        var images = new ArrayList<LifecycleImage>();
        for (var text : texts.split("; *", -1)) {
            var parts = text.split(" ", -1);
            var age = Duration.ofDays(Long.parseLong(parts[0].substring(1)));
            images.add(image(
                    parts[0].charAt(0) - 'a' + 1L,
                    Times.ofPush(NOW.minus(age)),
                    Ties.NONE,
                    parts[parts.length - 1].equals(parts[0]) ? "" : parts[1]));
        }
        return images;
    }

    private static LifecycleImage image(long id, Times times, Ties ties, String tags) {
        return image(id, StorageClass.STANDARD, times, ties, tags);
    }

    private static LifecycleImage image(long id, StorageClass storageClass, Times times, Ties ties, String tags) {
        var all = tags.isEmpty()
                ? Set.<Tag>of()
                : Arrays.stream(tags.split(",")).map(Tag::new).collect(Collectors.toSet());
        return new LifecycleImage(id, RandomRepository.digest(id), all, storageClass, times, ties);
    }

    private static LifecyclePolicy policy(String rules) {
        var texts = rules.split("; *", -1);
        var all = new ArrayList<String>();
        for (int i = 0; i < texts.length; i++) {
            all.add(rule(i + 1, texts[i].split(" ", -1)));
        }
        return LifecyclePolicy.parse("{\"rules\":[%s]}".formatted(String.join(",", all)));
    }

    /// @param parts selection, `>`, number, and what is done if it is not `expire`
    private static String rule(int priority, String[] parts) {
        var does = parts.length > 3 ? parts[3] : "expire";
        var days = parts[2].endsWith("d");
        var count = !days ? "imageCountMoreThan" : does.equals("unpulled") ? "sinceImagePulled" : "sinceImagePushed";
        return "{\"rulePriority\":%d,\"selection\":{%s,\"countType\":\"%s\"%s,\"countNumber\":%s},\"action\":{%s}}"
                .formatted(
                        priority,
                        tags(parts[0]),
                        count,
                        days ? ",\"countUnit\":\"days\"" : "",
                        parts[2].replace("d", ""),
                        does.equals("expire")
                                ? "\"type\":\"expire\""
                                : "\"type\":\"transition\",\"targetStorageClass\":\"archive\"");
    }

    private static String tags(String selected) {
        if (selected.equals("any") || selected.equals("untagged")) {
            return "\"tagStatus\":\"%s\"".formatted(selected);
        }
        var list = selected.endsWith("^") ? "tagPrefixList" : "tagPatternList";
        var texts = selected.replace("^", "").replace("&", "\",\"");
        return "\"tagStatus\":\"tagged\",\"%s\":[\"%s\"]".formatted(list, texts);
    }

    private static final Times OLD = Times.ofPush(NOW.minus(Duration.ofDays(100)));
    private static final Times NEW = Times.ofPush(NOW);
    private static final LifecyclePolicy OLD_ONES = policy("any > 30d");

    private static Ties in(long... parents) {
        return new Ties(Arrays.stream(parents).boxed().collect(Collectors.toSet()), null, false);
    }

    private static Ties about(long subject) {
        return new Ties(Set.of(), subject, false);
    }

    private static List<String> toldOf(LifecyclePolicy policy, LifecycleImage... images) {
        return told(Evaluation.of(policy, List.of(images), NOW));
    }

    @Test
    void what_a_list_names_stays_as_long_as_the_list() {
        assertThat(toldOf(OLD_ONES, image(1, OLD, in(2), ""), image(2, NEW, Ties.NONE, "v1")))
                .isEmpty();
        assertThat(toldOf(
                        OLD_ONES,
                        image(1, OLD, in(2, 3), ""),
                        image(2, OLD, Ties.NONE, ""),
                        image(3, NEW, Ties.NONE, "")))
                .containsExactly("b1");
    }

    @Test
    void it_goes_with_the_last_list_that_names_it_and_after_that() {
        assertThat(toldOf(OLD_ONES, image(1, OLD, in(2), ""), image(2, OLD, Ties.NONE, "v1")))
                .containsExactly("b1", "a1");
        assertThat(toldOf(OLD_ONES, image(1, OLD, in(2), ""), image(2, OLD, in(3), ""), image(3, OLD, Ties.NONE, "")))
                .containsExactly("c1", "b1", "a1");
    }

    @Test
    void what_is_held_is_counted_all_the_same() {
        var policy = policy("any > 1");
        assertThat(toldOf(policy, image(1, OLD, Ties.NONE, ""), image(2, NEW, in(3), ""), image(3, NEW, Ties.NONE, "")))
                .containsExactly("a1");
    }

    @Test
    void what_is_about_an_image_goes_with_it_and_is_not_counted() {
        assertThat(toldOf(
                        OLD_ONES,
                        image(1, OLD, Ties.NONE, "v1"),
                        image(2, NEW, about(1), "sig"),
                        image(3, NEW, about(2), "")))
                .containsExactlyInAnyOrder("a1", "b1", "c1");
        assertThat(toldOf(policy("any > 1"), image(1, OLD, Ties.NONE, ""), image(2, NEW, about(1), "")))
                .isEmpty();
        assertThat(toldOf(OLD_ONES, image(1, NEW, Ties.NONE, ""), image(2, OLD, about(1), "")))
                .isEmpty();
    }

    @Test
    void what_is_about_an_image_that_was_deleted_goes_without_a_rule() {
        var orphan = image(1, NEW, new Ties(Set.of(), null, true), "");
        var about = image(2, NEW, about(1), "");

        assertThat(toldOf(OLD_ONES, orphan, about)).containsExactlyInAnyOrder("a-", "b-");
    }

    @Test
    void what_is_about_an_image_that_never_came_is_an_image_as_any() {
        assertThat(toldOf(OLD_ONES, image(1, OLD, about(9), ""), image(2, NEW, about(9), "")))
                .containsExactly("a1");
    }

    @Test
    void a_list_about_what_it_names_goes_together_with_it() {
        var named = image(1, OLD, in(2), "");
        var list = image(2, NEW, about(1), "");

        assertThat(Evaluation.of(OLD_ONES, List.of(named, list), NOW).units())
                .singleElement()
                .satisfies(unit ->
                        assertThat(told(new LifecycleOutcome(List.of(unit)))).containsExactly("b1", "a1"));
    }

    @Test
    void a_restored_image_is_as_new_as_its_restoration() {
        var restored = new Times(OLD.pushedAt(), null, NOW, OLD.pushedAt());
        var pulled = new Times(OLD.pushedAt(), NOW.minus(Duration.ofDays(91)), NOW.minus(Duration.ofDays(95)), null);
        var unpulled = policy("any > 90d unpulled");

        assertThat(toldOf(OLD_ONES, image(1, restored, Ties.NONE, ""))).isEmpty();
        assertThat(toldOf(policy("any > 1"), image(1, restored, Ties.NONE, ""), image(2, OLD, Ties.NONE, "")))
                .containsExactly("b1");
        assertThat(toldOf(unpulled, image(1, restored, Ties.NONE, ""))).isEmpty();
        assertThat(toldOf(unpulled, image(1, pulled, Ties.NONE, ""))).containsExactly("a1t");
    }

    @Test
    void days_in_the_archive_are_counted_for_what_is_there() {
        var policy = LifecyclePolicy.parse("""
                {"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","storageClass":"archive",
                "countType":"sinceImageTransitioned","countUnit":"days","countNumber":90},"action":{"type":"expire"}}]}""");
        var archived = new Times(OLD.pushedAt(), null, null, NOW.minus(Duration.ofDays(91)));
        var lately = new Times(OLD.pushedAt(), null, null, NOW.minus(Duration.ofDays(89)));

        assertThat(toldOf(
                        policy,
                        image(1, StorageClass.ARCHIVE, archived, Ties.NONE, ""),
                        image(2, StorageClass.ARCHIVE, lately, Ties.NONE, ""),
                        image(3, StorageClass.STANDARD, archived, Ties.NONE, "")))
                .containsExactly("a1");
    }

    @Test
    void a_move_to_the_archive_waits_for_lists_that_are_not_there() {
        var policy = policy("untagged > 30d transition");
        var active = image(2, OLD, Ties.NONE, "v1");
        var archived = image(2, StorageClass.ARCHIVE, OLD, Ties.NONE, "v1");

        assertThat(toldOf(policy, image(1, OLD, in(2), ""), active)).isEmpty();
        assertThat(toldOf(policy, image(1, OLD, in(2), ""), archived)).containsExactly("a1t");
    }
}
