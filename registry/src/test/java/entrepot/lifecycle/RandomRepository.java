package entrepot.lifecycle;

import entrepot.domain.Digest;
import entrepot.domain.ImageAction;
import entrepot.domain.StorageClass;
import entrepot.domain.Tag;
import entrepot.domain.TagPattern;
import entrepot.lifecycle.LifecycleImage.Ties;
import entrepot.lifecycle.LifecycleImage.Times;
import entrepot.lifecycle.Selection.Count;
import entrepot.lifecycle.Selection.TagFilter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Images and rules by chance, small and dense, so that much of it meets.
final class RandomRepository {

    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private static final List<String> TAGS = List.of("a", "ab", "abc", "b", "ba", "v1", "v1.2", "v2");
    private static final List<String> PATTERNS = List.of("a", "a*", "*b", "*", "v*", "v*.*", "a*b*c", "v1");
    private static final int MOST_DAYS = 6;

    private final Random random;

    RandomRepository(Random random) {
        this.random = random;
    }

    List<LifecycleImage> images() {
        var images = new ArrayList<LifecycleImage>();
        var size = random.nextInt(9);
        for (long id = 1; id <= size; id++) {
            images.add(image(id, size));
        }
        return images;
    }

    private LifecycleImage image(long id, int size) {
        var isArchived = chance(4);
        return new LifecycleImage(
                id,
                digest(id),
                tags(),
                isArchived ? StorageClass.ARCHIVE : StorageClass.STANDARD,
                new Times(time(), chance(2) ? time() : null, chance(4) ? time() : null, isArchived ? time() : null),
                new Ties(parents(id, size), subject(id), chance(8)));
    }

    /// What names it came after it, what it is about before it: so nothing names itself by a detour.
    private Set<Long> parents(long id, int size) {
        var parents = new HashSet<Long>();
        for (long parent = id + 1; parent <= size; parent++) {
            if (chance(6)) {
                parents.add(parent);
            }
        }
        return parents;
    }

    private @Nullable Long subject(long id) {
        return id > 1 && chance(4) ? Long.valueOf(1 + random.nextLong(id - 1)) : null;
    }

    private Set<Tag> tags() {
        var tags = new HashSet<Tag>();
        IntStream.range(0, random.nextInt(4)).forEach(_ -> tags.add(new Tag(of(TAGS))));
        return tags;
    }

    /// Some at the same moment, some exactly as old as a rule says, some from a clock that was ahead.
    private Instant time() {
        var age = Duration.ofDays(random.nextInt(MOST_DAYS + 2) - 1L);
        return chance(2) ? NOW.minus(age) : NOW.minus(age).minusMillis(1);
    }

    LifecyclePolicy policy() {
        var rules = IntStream.rangeClosed(1, 1 + random.nextInt(4))
                .mapToObj(this::rule)
                .toList();
        return new LifecyclePolicy(rules);
    }

    private Rule rule(int priority) {
        var type = of(List.of(CountType.values()));
        var isOfArchive = type == CountType.SINCE_IMAGE_TRANSITIONED;
        var transitions = type == CountType.SINCE_IMAGE_PULLED || (!isOfArchive && chance(3));
        return new Rule(
                priority,
                null,
                new Selection(
                        filter(),
                        isOfArchive ? StorageClass.ARCHIVE : StorageClass.STANDARD,
                        new Count(type, 1 + random.nextInt(MOST_DAYS - 1))),
                transitions ? ImageAction.TRANSITION : ImageAction.EXPIRE);
    }

    private TagFilter filter() {
        var status = of(List.of(TagStatus.values()));
        if (status != TagStatus.TAGGED) {
            return new TagFilter(status, List.of(), false);
        }
        var arePrefixes = random.nextBoolean();
        var patterns = IntStream.rangeClosed(0, random.nextInt(2))
                .mapToObj(_ -> arePrefixes ? TagPattern.ofPrefix(of(TAGS)) : TagPattern.of(of(PATTERNS)))
                .toList();
        return new TagFilter(status, patterns, arePrefixes);
    }

    /// The same policy where one rule keeps more.
    LifecyclePolicy keepingMore(LifecyclePolicy policy) {
        var raised = random.nextInt(policy.rules().size());
        return new LifecyclePolicy(IntStream.range(0, policy.rules().size())
                .mapToObj(i -> i == raised
                        ? raised(policy.rules().get(i))
                        : policy.rules().get(i))
                .toList());
    }

    private Rule raised(Rule rule) {
        var selection = rule.selection();
        var count = new Count(selection.count().type(), selection.count().number() + 1 + random.nextInt(3));
        return new Rule(
                rule.priority(),
                rule.description(),
                new Selection(selection.tags(), selection.storageClass(), count),
                rule.action());
    }

    private boolean chance(int oneOf) {
        return random.nextInt(oneOf) == 0;
    }

    private <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    static Digest digest(long id) {
        return Digest.of(
                Digest.Algorithm.SHA256, ByteBuffer.allocate(32).putLong(id).array());
    }
}
