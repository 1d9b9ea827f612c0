package entrepot.operation.image;

import org.jspecify.annotations.Nullable;

/// Which images a list is about. Source: ECR API, ListImagesFilter and DescribeImagesFilter.
///
/// @param imageStatus nothing is archived yet: ACTIVE (the default) and ANY are all images, the others none
public record TagFilter(
        @Nullable String tagStatus, @Nullable String imageStatus) {

    static final TagFilter NONE = new TagFilter(null, null);

    static TagFilter orNone(@Nullable TagFilter filter) {
        return filter == null ? NONE : filter;
    }

    boolean excludesAll() {
        return imageStatus != null && !imageStatus.equals("ACTIVE") && !imageStatus.equals("ANY");
    }

    boolean wantsTagged() {
        return !"UNTAGGED".equals(tagStatus);
    }

    boolean wantsUntagged() {
        return !"TAGGED".equals(tagStatus);
    }

    /// Only tagged ones, only untagged ones, or null for both.
    @Nullable
    Boolean tagged() {
        return (wantsTagged() && wantsUntagged()) ? null : Boolean.valueOf(wantsTagged());
    }
}
