package entrepot.lifecycle;

import static java.util.stream.Collectors.toCollection;

import entrepot.domain.ImageAction;
import entrepot.domain.StorageClass;
import entrepot.domain.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a lifecycle policy does, said as the definition says it, one image at a time and with no regard for cost.
record PlainEvaluation(List<Rule> rules, List<LifecycleImage> images, Instant now) {

    /// What is done with an image, and by which rule.
    record Decision(
            long image, ImageAction action, @Nullable Integer rule) {}

    Set<Decision> decisions() {
        var all = new HashSet<Decision>();
        images.forEach(image -> wish(image).ifPresent(all::add));
        while (all.removeIf(decision -> mustWait(decision, all))) {
            // until nothing holds anything any more
        }
        return all;
    }

    private Optional<Decision> wish(LifecycleImage image) {
        var subject = find(image.ties().subject());
        if (subject.isPresent()) {
            return wish(subject.get())
                    .filter(wish ->
                            wish.action() == ImageAction.EXPIRE || image.storageClass() == StorageClass.STANDARD)
                    .map(wish -> new Decision(image.id(), wish.action(), wish.rule()));
        }
        if (image.ties().isOrphan()) {
            return Optional.of(new Decision(image.id(), ImageAction.EXPIRE, null));
        }
        return rules.stream()
                .filter(rule -> selects(rule, image))
                .findFirst() // those behind it are shielded from
                .filter(rule -> isDue(rule, image))
                .map(rule -> new Decision(image.id(), rule.action(), rule.priority()));
    }

    private boolean isJudged(LifecycleImage image) {
        return find(image.ties().subject()).isEmpty() && !image.ties().isOrphan();
    }

    private static boolean selects(Rule rule, LifecycleImage image) {
        if (rule.selection().storageClass() != image.storageClass()) {
            return false;
        }
        var tags = rule.selection().tags();
        return switch (tags.status()) {
            case ANY -> true;
            case UNTAGGED -> image.tags().isEmpty();
            case TAGGED ->
                tags.patterns().stream()
                        .allMatch(pattern -> isMet(pattern.toString(), tags.arePrefixes(), image.tags()));
        };
    }

    private static boolean isMet(String pattern, boolean isPrefix, Collection<Tag> tags) {
        var regex = "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E" + (isPrefix ? ".*" : "");
        return tags.stream().anyMatch(tag -> Pattern.matches(regex, tag.name()));
    }

    private boolean isDue(Rule rule, LifecycleImage image) {
        var count = rule.selection().count();
        if (count.type() == CountType.IMAGE_COUNT_MORE_THAN) {
            return images.stream()
                            .filter(other -> isJudged(other) && selects(rule, other) && isNewer(other, image))
                            .count()
                    >= count.number();
        }
        var days = Duration.ofDays(count.number());
        return time(count.type(), image.times())
                .filter(time -> Duration.between(time, now).compareTo(days) > 0)
                .isPresent();
    }

    private static boolean isNewer(LifecycleImage one, LifecycleImage other) {
        var order = effective(one.times()).compareTo(effective(other.times()));
        return order > 0 || (order == 0 && one.id() > other.id());
    }

    private static Instant effective(LifecycleImage.Times times) {
        return Optional.ofNullable(times.activatedAt()).orElse(times.pushedAt());
    }

    private static Optional<Instant> time(CountType type, LifecycleImage.Times times) {
        return switch (type) {
            case SINCE_IMAGE_TRANSITIONED -> Optional.ofNullable(times.archivedAt());
            case SINCE_IMAGE_PULLED -> {
                var restored = times.activatedAt();
                yield Optional.ofNullable(times.pulledAt())
                        .filter(pulled -> restored == null || !pulled.isBefore(restored))
                        .or(() -> Optional.of(effective(times)));
            }
            default -> Optional.of(effective(times));
        };
    }

    private boolean mustWait(Decision decision, Set<Decision> all) {
        var image = find(decision.image()).orElseThrow();
        var subject = find(image.ties().subject());
        if (subject.isPresent() && done(subject.get(), all).isEmpty()) {
            return true;
        }
        return image.ties().parents().stream()
                .flatMap(id -> find(id).stream())
                .anyMatch(parent -> holds(parent, decision, all));
    }

    private static boolean holds(LifecycleImage parent, Decision child, Set<Decision> all) {
        var done = done(parent, all);
        return child.action() == ImageAction.EXPIRE
                ? done.filter(decision -> decision.action() == ImageAction.EXPIRE)
                        .isEmpty()
                : done.isEmpty() && parent.storageClass() != StorageClass.ARCHIVE;
    }

    private static Optional<Decision> done(LifecycleImage image, Set<Decision> all) {
        return all.stream().filter(decision -> decision.image() == image.id()).findFirst();
    }

    private Optional<LifecycleImage> find(@Nullable Long id) {
        return images.stream().filter(image -> id != null && image.id() == id).findFirst();
    }

    /// What the other implementation says, in this one's words.
    static Set<Decision> of(LifecycleOutcome outcome) {
        return outcome.verdicts().stream()
                .map(verdict -> new Decision(
                        verdict.image().id(),
                        verdict.action(),
                        verdict.rule() == null ? null : verdict.rule().priority()))
                .collect(toCollection(HashSet::new));
    }
}
