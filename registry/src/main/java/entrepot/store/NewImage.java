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
/// @param converted the digest of the same manifest in the other format, if it can be converted
/// @param blobs the stored config and layers that it names, each with the media type it calls it by
/// @param children the stored manifests that it names
/// @param tags how many it is to be given in the same transaction, by [Images#tagNew]
public record NewImage(
        Digest digest,
        MediaType mediaType,
        @Nullable String artifactType,
        @Nullable Referral referral,
        @Nullable Digest converted,
        long imageSize,
        Map<Digest, String> blobs,
        List<Digest> children,
        Instant pushedAt,
        int tags) {}
