package entrepot.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A layer on its way in. It outlives connections and processes, so it is a row and not an object in memory.
///
/// @param principal the ARN of who began it
/// @param progress of its bytes that count; the stored bytes may be more, never fewer, but after a power loss
/// @param parts how many parts those came in
/// @param before its progress when the newest part began; where that came whole, its length is all that is kept
/// @param hasSmallPart whether a part smaller than ECR's minimum came before another one
/// @param brokeOff whether the newest part broke off, so that its sender had no answer
/// @param sha256 of the bytes that count; null where nobody knew it who took the newest part
/// @param completedAs the layer that this became; null while it is open
/// @param keys what the bytes are sealed under; null where they are not
/// @param turn how many requests were about to write it so far, where other nodes may be at it too
/// @param blob where its bytes lie
public record LayerUpload(
        UploadId id,
        long repositoryId,
        String principal,
        Progress progress,
        int parts,
        Progress before,
        boolean hasSmallPart,
        boolean brokeOff,
        @Nullable Digest sha256,
        @Nullable Digest completedAs,
        Instant touchedAt,
        @Nullable WrappedKeys keys,
        long turn,
        BlobKey blob) {

    /// ECR's smallest part that is not the last, in bytes.
    public static final long SMALLEST_PART = 5L << 20;

    public static LayerUpload begin(UploadId id, Repository repository, String principal, Instant now) {
        return begin(id, repository, principal, null, now);
    }

    /// One whose bytes are sealed under these keys, if there are any.
    public static LayerUpload begin(
            UploadId id, Repository repository, String principal, @Nullable WrappedKeys keys, Instant now) {
        return new LayerUpload(
                id,
                repository.id(),
                principal,
                Progress.NONE,
                0,
                Progress.NONE,
                false,
                false,
                null,
                null,
                now,
                keys,
                0,
                id.blobKey());
    }

    /// How many bytes count.
    public long received() {
        return progress.length();
    }

    /// Where the newest part begins.
    public long lastPartFirstByte() {
        return before.length();
    }

    /// Whether the next part may begin at this byte: at the end, or anywhere in what a part brought that broke off.
    /// Its sender was never answered, and may go on from there or send it again.
    public boolean takes(long firstByte) {
        return firstByte <= received() && firstByte >= (brokeOff ? lastPartFirstByte() : received());
    }

    /// This upload with one more part.
    ///
    /// @param end the progress with it
    /// @param digest of all bytes then; null where it is not known
    public LayerUpload withPart(Progress end, @Nullable Digest digest, Instant now) {
        return with(end, Progress.of(received()), false, digest, now);
    }

    /// This upload with what came of a part that broke off.
    ///
    /// @param end the progress with it
    public LayerUpload withBrokenPart(Progress end, Instant now) {
        return with(end, progress, true, null, now);
    }

    private LayerUpload with(Progress end, Progress begin, boolean broke, @Nullable Digest digest, Instant now) {
        var length = received() - lastPartFirstByte();
        var lastWasSmall = length > 0 && length < SMALLEST_PART;
        var count = parts == Integer.MAX_VALUE ? parts : parts + 1;
        return new LayerUpload(
                id,
                repositoryId,
                principal,
                end,
                count,
                begin,
                hasSmallPart || lastWasSmall,
                broke,
                digest,
                null,
                now,
                keys,
                turn,
                blob);
    }

    /// This upload with no more than that progress, where a power loss took some, or others are to take their place.
    public LayerUpload withAtMost(Progress standing) {
        return standing.length() >= received()
                ? this
                : new LayerUpload(
                        id,
                        repositoryId,
                        principal,
                        standing,
                        parts,
                        before.length() < standing.length() ? before : standing,
                        hasSmallPart,
                        brokeOff,
                        null,
                        completedAs,
                        touchedAt,
                        keys,
                        turn,
                        blob);
    }

    /// This upload, for who is about to write it: nobody's bytes count any more that are on their way. Where none count
    /// yet, those of who was at it before may still come to where they were to lie, and others do not lie there.
    ///
    /// @param fresh where nothing lies
    public LayerUpload taken(BlobKey fresh) {
        var moves = turn > 0 && received() == 0;
        return new LayerUpload(
                id,
                repositoryId,
                principal,
                moves ? Progress.NONE : progress,
                parts,
                moves ? Progress.NONE : before,
                hasSmallPart,
                brokeOff,
                sha256,
                completedAs,
                touchedAt,
                keys,
                turn + 1,
                moves ? fresh : blob);
    }

    public LayerUpload completed(Digest digest, Instant now) {
        return new LayerUpload(
                id,
                repositoryId,
                principal,
                Progress.of(received()),
                parts,
                Progress.of(before.length()),
                hasSmallPart,
                brokeOff,
                null,
                digest,
                now,
                keys,
                turn,
                blob);
    }
}
