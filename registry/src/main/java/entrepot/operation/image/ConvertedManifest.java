package entrepot.operation.image;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.ManifestConversion;
import entrepot.domain.MediaType;
import entrepot.domain.StoredImage;
import java.util.Map;
import java.util.Optional;

/// An image's manifest in the other format, made anew whenever it is asked for. Its digest was written down when the
/// image was pushed, so that it can be asked for by that digest, too.
record ConvertedManifest(MediaType mediaType, ManifestBytes bytes, Digest digest) {

    /// Empty if it cannot be converted without loss.
    static Optional<ConvertedManifest> of(Map<String, ?> json, MediaType type, Digest.Algorithm algorithm) {
        return ManifestConversion.other(type)
                .flatMap(other -> ManifestConversion.of(json, type)
                        .map(ManifestReader::write)
                        .map(bytes -> new ConvertedManifest(other, bytes, bytes.digest(algorithm))));
    }

    static Optional<ConvertedManifest> of(StoredImage image, ManifestBytes stored) {
        return of(ManifestReader.read(stored), image.mediaType(), image.digest().algorithm());
    }
}
