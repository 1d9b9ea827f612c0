package entrepot.operation.image;

import entrepot.domain.ImageStatus;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.store.Images.Statuses;
import entrepot.store.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which images a list is about. Source: ECR API, ListImagesFilter and DescribeImagesFilter.
///
/// @param imageStatus null for ACTIVE
public record TagFilter(
        @Nullable String tagStatus, @Nullable String imageStatus) {

    private static final String ANY = "ANY";

    static final TagFilter NONE = new TagFilter(null, null);

    static TagFilter orNone(@Nullable TagFilter filter) {
        return filter == null ? NONE : filter;
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

    /// Only of this status, or null for any.
    @Nullable
    ImageStatus status() {
        return status(imageStatus);
    }

    static @Nullable ImageStatus status(@Nullable String filter) {
        return filter == null ? ImageStatus.ACTIVE : filter.equals(ANY) ? null : ImageStatus.valueOf(filter);
    }

    /// In the order of first pushes.
    List<StoredImage> images(Transaction tx, Repository repository, long after, int limit) {
        var status = status();
        if (status == null || status == ImageStatus.ACTIVE) {
            var which = status == null ? Statuses.ANY : Statuses.ACTIVE;
            return tx.images().images(repository, which, after, tagged(), limit);
        }
        return tx.archive().images(repository, status, after, tagged(), limit);
    }
}
