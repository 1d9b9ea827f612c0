package entrepot.lifecycle;

import entrepot.domain.TagPattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a rule may say of tags beside their status.
final class TagLists {

    private static final int MOST_WILDCARDS = 4;

    private TagLists() {}

    /// What is wrong with it, in ECR's words where they are known.
    static Optional<String> fault(Map<?, ?> selection) {
        var hasPrefixes = selection.containsKey("tagPrefixList");
        var hasPatterns = selection.containsKey("tagPatternList");
        if (!"tagged".equals(selection.get("tagStatus"))) {
            return fault(
                    hasPrefixes || hasPatterns,
                    "tagPrefixList and tagPatternList can only be specified when tagStatus=TAGGED.");
        }
        if (hasPrefixes == hasPatterns) {
            return Optional.of(
                    hasPrefixes
                            ? "Must specify only one of tagPrefixList and tagPatternList when tagStatus=TAGGED."
                            : "Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.");
        }
        return tooWild(selection.get("tagPatternList"))
                .map(("Tag pattern %s has more than the maximum of " + MOST_WILDCARDS + " wildcards (*).")::formatted);
    }

    private static Optional<String> tooWild(@Nullable Object patterns) {
        return patterns instanceof List<?> list
                ? list.stream()
                        .map(Object::toString)
                        .filter(text -> TagPattern.wildcards(text) > MOST_WILDCARDS)
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<String> fault(boolean isOne, String text) {
        return isOne ? Optional.of(text) : Optional.empty();
    }
}
