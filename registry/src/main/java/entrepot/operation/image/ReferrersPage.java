package entrepot.operation.image;

import entrepot.domain.Annotations;
import entrepot.domain.Digest;
import entrepot.domain.ImageStatus;
import entrepot.domain.Referrer;
import entrepot.operation.image.ListImageReferrers.ImageReferrer;
import entrepot.operation.image.ListImageReferrers.Output;
import entrepot.store.Referrers.Which;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of the referrers of a subject. It is bounded twice: by their number, and by their annotations' bytes, since
/// one manifest may have as many of those as a manifest may have at all.
///
/// @param types any of these; empty for all
/// @param status null for any
record ReferrersPage(
        CoveredRepository covered,
        Digest subject,
        List<String> types,
        @Nullable ImageStatus status) {

    /// Well below the 4 MiB that OCI lets a client take for the longest index; in bytes.
    private static final long MOST_BYTES = 1L << 20;

    /// A page has at least one referrer, however large, if there is one.
    Output after(long id, int size) {
        var found = find(id, size + 1);
        var shown = found.subList(0, Math.min(size, fitting(found)));
        var annotations = covered.tx().referrers().annotations(shown, covered.cover());
        var page = shown.stream()
                .map(referrer -> ImageReferrer.of(referrer, annotations.getOrDefault(referrer.id(), Annotations.NONE)))
                .toList();
        return new Output(page, shown.size() == found.size() ? null : ListImageReferrers.tokenAfter(shown.getLast()));
    }

    /// A look for each type, so that each is read in order by its index.
    private List<Referrer> find(long after, int limit) {
        if (types.isEmpty()) {
            return find(null, after, limit);
        }
        var found = new ArrayList<Referrer>();
        types.forEach(type -> found.addAll(find(type, after, limit)));
        found.sort(Comparator.comparingLong(Referrer::id));
        return found.subList(0, Math.min(limit, found.size()));
    }

    private List<Referrer> find(@Nullable String type, long after, int limit) {
        return covered.tx().referrers().page(covered.repository(), subject, new Which(type, status), after, limit);
    }

    /// How many of the first ones are together not too large.
    private static int fitting(List<Referrer> referrers) {
        var bytes = 0L;
        var count = 0;
        for (var referrer : referrers) {
            bytes += referrer.annotationsSize();
            if (bytes > MOST_BYTES && count > 0) {
                return count;
            }
            count++;
        }
        return count;
    }
}
