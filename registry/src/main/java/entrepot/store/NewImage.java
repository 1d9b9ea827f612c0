package entrepot.store;

import entrepot.domain.Digest;
import entrepot.domain.MediaType;
import entrepot.domain.Referral;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A manifest to be stored; the members are those of [entrepot.domain.StoredImage].
///
/// @param blobs the stored config and layers that it names, each with the media type it calls it by
/// @param children the stored manifests that it names
/// @param absent what else it names, which only a sparse manifest has
public record NewImage(
        Digest digest,
        MediaType mediaType,
        @Nullable String artifactType,
        @Nullable Referral referral,
        long imageSize,
        Map<Digest, String> blobs,
        List<Digest> children,
        Absent absent,
        Instant pushedAt) {

    /// What a manifest names that its repository does not have.
    ///
    /// @param blobs each with the media type it is called by
    public record Absent(Map<Digest, String> blobs, List<Digest> children) {

        public static final Absent NOTHING = new Absent(Map.of(), List.of());
    }

    /// A manifest of which nothing is absent.
    public NewImage(
            Digest digest,
            MediaType mediaType,
            @Nullable String artifactType,
            @Nullable Referral referral,
            long imageSize,
            Map<Digest, String> blobs,
            List<Digest> children,
            Instant pushedAt) {
        this(digest, mediaType, artifactType, referral, imageSize, blobs, children, Absent.NOTHING, pushedAt);
    }
}
