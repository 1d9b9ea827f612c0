package entrepot.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A layer on its way in. It outlives connections and processes, so it is a row and not an object in memory.
///
/// @param principal the ARN of who began it
/// @param received bytes acknowledged; the stored bytes may be more, never fewer, but after a power loss
/// @param parts how many parts those came in
/// @param lastPartFirstByte where the newest part begins
/// @param hasSmallPart whether a part smaller than ECR's minimum came before another one
/// @param completedAs the layer that this became; null while it is open
public record LayerUpload(
        UploadId id,
        long repositoryId,
        String principal,
        long received,
        int parts,
        long lastPartFirstByte,
        boolean hasSmallPart,
        @Nullable Digest completedAs,
        Instant touchedAt) {

    /// ECR's smallest part that is not the last, in bytes.
    public static final long SMALLEST_PART = 5L << 20;

    public static LayerUpload begin(UploadId id, Repository repository, String principal, Instant now) {
        return new LayerUpload(id, repository.id(), principal, 0, 0, 0, false, null, now);
    }

    /// This upload with one more part, which ends before `end`.
    public LayerUpload withPart(long end, Instant now) {
        var lastWasSmall = parts > 0 && received - lastPartFirstByte < SMALLEST_PART;
        return new LayerUpload(
                id, repositoryId, principal, end, parts + 1, received, hasSmallPart || lastWasSmall, null, now);
    }

    /// This upload as the store's bytes have it, where a power loss took some of those acknowledged.
    public LayerUpload withAtMost(long stored) {
        return stored >= received
                ? this
                : new LayerUpload(
                        id,
                        repositoryId,
                        principal,
                        stored,
                        parts,
                        Math.min(lastPartFirstByte, stored),
                        hasSmallPart,
                        completedAs,
                        touchedAt);
    }

    public LayerUpload completed(Digest digest, Instant now) {
        return new LayerUpload(
                id, repositoryId, principal, received, parts, lastPartFirstByte, hasSmallPart, digest, now);
    }
}
