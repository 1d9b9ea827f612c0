package entrepot.operation.image;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.ManifestConversion;
import entrepot.domain.MediaType;
import entrepot.domain.StoredImage;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// An image's manifest in the other format, made anew whenever it is asked for. Its digest was written down when the
/// image was pushed, so that it can be asked for by that digest, too.
record ConvertedManifest(MediaType mediaType, ManifestBytes bytes, Digest digest) {

    /// Longer ones, in bytes, would take too much memory whenever they are asked for.
    static final int LONGEST = 256 << 10;

    /// Empty if it cannot be converted without loss.
    static Optional<ConvertedManifest> of(
            ManifestBytes bytes, Map<String, ?> json, MediaType type, Digest.Algorithm algorithm) {
        return bytes.length() > LONGEST ? Optional.empty() : of(json, type, algorithm);
    }

    private static Optional<ConvertedManifest> of(Map<String, ?> json, MediaType type, Digest.Algorithm algorithm) {
        return ManifestConversion.other(type)
                .flatMap(other -> ManifestConversion.of(json, type)
                        .map(ManifestReader::write)
                        .map(bytes -> new ConvertedManifest(other, bytes, bytes.digest(algorithm))));
    }

    /// @param stored asked only if the manifest is not too long
    static Optional<ConvertedManifest> of(StoredImage image, Supplier<ManifestBytes> stored) {
        return image.manifestSize() > LONGEST
                ? Optional.empty()
                : of(
                        ManifestReader.read(stored.get()),
                        image.mediaType(),
                        image.digest().algorithm());
    }
}
