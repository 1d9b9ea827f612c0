package entrepot.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Whether an image is in the archive, and when it last went there and came back. Source: ECR API, ImageDetail.
///
/// @param activatedAt of one that is on its way back, when that began
public record Archival(
        ImageStatus status,
        @Nullable Instant archivedAt,
        @Nullable Instant activatedAt) {

    /// Of an image that was never there.
    public static final Archival NONE = new Archival(ImageStatus.ACTIVE, null, null);

    public Archival archived(Instant now) {
        return new Archival(ImageStatus.ARCHIVED, now, activatedAt);
    }

    public Archival activating(Instant now) {
        return new Archival(ImageStatus.ACTIVATING, archivedAt, now);
    }

    public Archival active(Instant now) {
        return new Archival(ImageStatus.ACTIVE, archivedAt, now);
    }

    public boolean isActive() {
        return status == ImageStatus.ACTIVE;
    }
}
