package entrepot.lifecycle;

import entrepot.domain.StorageClass;
import entrepot.domain.Tag;
import entrepot.domain.TagPattern;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which images a rule is about, and which of those are due. Source: ECR user guide, "Lifecycle policy properties" and
/// "Automate the cleanup of images by using lifecycle policies".
public record Selection(TagFilter tags, StorageClass storageClass, Count count) {

    /// By tags: all patterns must be met, each by any of an image's tags.
    ///
    /// @param patterns only where images are to be tagged
    /// @param arePrefixes whether they were written as prefixes
    public record TagFilter(TagStatus status, List<TagPattern> patterns, boolean arePrefixes) {

        public TagFilter {
            patterns = List.copyOf(patterns);
        }

        boolean selects(Collection<Tag> tags) {
            return switch (status) {
                case ANY -> true;
                case UNTAGGED -> tags.isEmpty();
                case TAGGED -> !tags.isEmpty() && isMetBy(tags);
            };
        }

        private boolean isMetBy(Collection<Tag> tags) {
            for (var pattern : patterns) {
                if (tags.stream().noneMatch(pattern::matches)) {
                    return false;
                }
            }
            return true;
        }

        /// The patterns as they were written, without regard to their order.
        List<String> texts() {
            return patterns.stream()
                    .map(TagPattern::toString)
                    .sorted()
                    .distinct()
                    .toList();
        }
    }

    /// How many images stay, or how many days they have.
    public record Count(CountType type, int number) {}

    boolean selects(LifecycleImage image) {
        return image.storageClass() == storageClass && tags.selects(image.tags());
    }

    /// Those of the selected ones that the rule is to act on. Where it counts images, the newest first: the first one
    /// would stay if one were fewer, the next one if two were.
    ///
    /// @param selected the oldest first
    <T> List<T> due(List<T> selected, Function<T, LifecycleImage> image, Instant now) {
        if (count.type() == CountType.IMAGE_COUNT_MORE_THAN) {
            return selected.reversed().stream().skip(count.number()).toList();
        }
        var limit = now.minus(Duration.ofDays(count.number()));
        return selected.stream()
                .filter(each -> isOlder(image.apply(each), limit))
                .toList();
    }

    private boolean isOlder(LifecycleImage image, Instant limit) {
        var time = time(image.times());
        return time != null && time.isBefore(limit);
    }

    private @Nullable Instant time(LifecycleImage.Times times) {
        return switch (count.type()) {
            case SINCE_IMAGE_PULLED -> times.used();
            case SINCE_IMAGE_TRANSITIONED -> times.archivedAt();
            case SINCE_IMAGE_PUSHED, IMAGE_COUNT_MORE_THAN -> times.effective();
        };
    }
}
