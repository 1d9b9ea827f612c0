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
            if (pattern.chars().filter(c -> c == '*').count() > MOST_WILDCARDS) {
                throw invalid("ImageTagMutabilityExclusionFilter can have at most two wildcards (*)");
            }
        }

        /// Linear in both lengths: pieces are found from the left, the last one at the right end.
        boolean matches(Tag tag) {
            var pieces = pattern.split("\\*", -1);
            var name = tag.name();
            if (pieces.length == 1) {
                return name.equals(pattern);
            }
            var last = pieces[pieces.length - 1];
            if (!name.startsWith(pieces[0])) {
                return false;
            }
            int at = pieces[0].length();
            for (int i = 1; i < pieces.length - 1; i++) {
                var found = name.indexOf(pieces[i], at);
                if (found < 0) {
                    return false;
                }
                at = found + pieces[i].length();
            }
            return name.length() - last.length() >= at && name.endsWith(last);
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
