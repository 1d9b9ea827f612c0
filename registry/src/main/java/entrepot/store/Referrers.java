package entrepot.store;

import entrepot.domain.Annotations;
import entrepot.domain.Digest;
import entrepot.domain.ImageStatus;
import entrepot.domain.Referrer;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The manifests that are about other ones. They come to be with [Images#add] and go with [Images#delete]; their
/// subject may be stored before, after, or never.
public interface Referrers {

    /// In the order of first pushes, those with an id above `afterId`.
    ///
    /// @param which not all of them
    List<Referrer> page(Repository repository, Digest subject, Which which, long afterId, int limit);

    /// The same of all that have this type, or of all.
    default List<Referrer> of(
            Repository repository, Digest subject, @Nullable String artifactType, long afterId, int limit) {
        return page(repository, subject, new Which(artifactType, null), afterId, limit);
    }

    /// Not all referrers.
    ///
    /// @param artifactType only those of this type, or null for all
    /// @param status only those of this status, or null for all
    record Which(@Nullable String artifactType, @Nullable ImageStatus status) {}

    /// The ids of those of these images that are about one that was in their repository, and has been deleted.
    Set<Long> orphans(Collection<StoredImage> images);

    /// The annotations of each referrer, by its id.
    Map<Long, Annotations> annotations(Collection<Referrer> referrers, Cover cover);
}
