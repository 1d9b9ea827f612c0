package entrepot.domain;

import java.util.List;

/// Whether the tags of a repository may be moved to another image.
///
/// Source: ECR user guide, "Preventing image tags from being overwritten".
///
/// @param mode what holds for tags in general
/// @param exclusions the tags for which the opposite holds; only the two modes `_WITH_EXCLUSION` have any
public record TagMutability(Mode mode, List<Filter> exclusions) {

    public static final TagMutability MUTABLE = new TagMutability(Mode.MUTABLE, List.of());

    /// The values of ECR's `imageTagMutability`.
    public enum Mode {
        MUTABLE,
        IMMUTABLE,
        IMMUTABLE_WITH_EXCLUSION,
        MUTABLE_WITH_EXCLUSION;

        public boolean hasExclusions() {
            return this == IMMUTABLE_WITH_EXCLUSION || this == MUTABLE_WITH_EXCLUSION;
        }
    }

    /// A pattern for whole tags, in which `*` stands for any number of characters.
    public record Filter(String pattern) {

        private static final int MOST_WILDCARDS = 2;

        public Filter {
            if (TagPattern.wildcards(pattern) > MOST_WILDCARDS) {
                throw invalid("ImageTagMutabilityExclusionFilter can have at most two wildcards (*)");
            }
        }

        boolean matches(Tag tag) {
            return TagPattern.of(pattern).matches(tag);
        }
    }

    public TagMutability {
        exclusions = List.copyOf(exclusions);
        if (mode.hasExclusions() && exclusions.isEmpty()) {
            throw invalid("ImageTagMutabilityExclusionFilters can't be null when imageTagMutability is set as " + mode);
        }
        if (!mode.hasExclusions() && !exclusions.isEmpty()) {
            throw invalid(
                    "ImageTagMutabilityExclusionFilters should be null when imageTagMutability is set as " + mode);
        }
    }

    /// Whether this tag, which points at one image, may be pointed at another.
    public boolean allowsMoving(Tag tag) {
        var excluded = exclusions.stream().anyMatch(filter -> filter.matches(tag));
        return switch (mode) {
            case MUTABLE -> true;
            case IMMUTABLE -> false;
            case IMMUTABLE_WITH_EXCLUSION -> excluded;
            case MUTABLE_WITH_EXCLUSION -> !excluded;
        };
    }

    private static RegistryException invalid(String constraint) {
        return new RegistryException(
                new JsonAloneError.InvalidParameter("imageTagMutabilityExclusionFilters", constraint));
    }
}
