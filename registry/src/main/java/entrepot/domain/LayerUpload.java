package entrepot.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A layer on its way in. It outlives connections and processes, so it is a row and not an object in memory.
///
/// @param principal the ARN of who began it
/// @param received bytes that count; the stored bytes may be more, never fewer, but after a power loss
/// @param parts how many parts those came in
/// @param lastPartFirstByte where the newest part begins
/// @param hasSmallPart whether a part smaller than ECR's minimum came before another one
/// @param brokeOff whether the newest part broke off, so that its sender had no answer
/// @param completedAs the layer that this became; null while it is open
/// @param keys what the bytes are sealed under; null where they are not
public record LayerUpload(
        UploadId id,
        long repositoryId,
        String principal,
        long received,
        int parts,
        long lastPartFirstByte,
        boolean hasSmallPart,
        boolean brokeOff,
        @Nullable Digest completedAs,
        Instant touchedAt,
        @Nullable WrappedKeys keys) {

    /// ECR's smallest part that is not the last, in bytes.
    public static final long SMALLEST_PART = 5L << 20;

    public static LayerUpload begin(UploadId id, Repository repository, String principal, Instant now) {
        return begin(id, repository, principal, null, now);
    }

    /// One whose bytes are sealed under these keys, if there are any.
    public static LayerUpload begin(
            UploadId id, Repository repository, String principal, @Nullable WrappedKeys keys, Instant now) {
        return new LayerUpload(id, repository.id(), principal, 0, 0, 0, false, false, null, now, keys);
    }

    /// Whether the next part may begin at this byte: at the end, or anywhere in what a part brought that broke off.
    /// Its sender was never answered, and may go on from there or send it again.
    public boolean takes(long firstByte) {
        return firstByte <= received && firstByte >= (brokeOff ? lastPartFirstByte : received);
    }

    /// This upload with one more part, which ends before `end`.
    public LayerUpload withPart(long end, Instant now) {
        return withPart(end, false, now);
    }

    /// This upload with what came of a part that broke off, which ends before `end`.
    public LayerUpload withBrokenPart(long end, Instant now) {
        return withPart(end, true, now);
    }

    private LayerUpload withPart(long end, boolean broke, Instant now) {
        var lastWasSmall = received > lastPartFirstByte && received - lastPartFirstByte < SMALLEST_PART;
        var count = parts == Integer.MAX_VALUE ? parts : parts + 1;
        return new LayerUpload(
                id,
                repositoryId,
                principal,
                end,
                count,
                received,
                hasSmallPart || lastWasSmall,
                broke,
                null,
                now,
                keys);
    }

    /// This upload as far as this many bytes, where a power loss took some, or others are to take their place.
    public LayerUpload withAtMost(long bytes) {
        return bytes >= received
                ? this
                : new LayerUpload(
                        id,
                        repositoryId,
                        principal,
                        bytes,
                        parts,
                        Math.min(lastPartFirstByte, bytes),
                        hasSmallPart,
                        brokeOff,
                        completedAs,
                        touchedAt,
                        keys);
    }

    public LayerUpload completed(Digest digest, Instant now) {
        return new LayerUpload(
                id,
                repositoryId,
                principal,
                received,
                parts,
                lastPartFirstByte,
                hasSmallPart,
                brokeOff,
                digest,
                now,
                keys);
    }
}
