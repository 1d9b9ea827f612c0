package entrepot.operation.image;

import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.Manifest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import java.util.List;

/// What an image that is stored consists of, by its manifest.
///
/// @param blobs its config and layers, but for foreign ones
/// @param children the images that it names
public record ImageParts(List<Digest> blobs, List<Digest> children) {

    public static ImageParts of(ManifestBytes bytes, MediaType type, Limits limits) {
        var manifest = Manifest.of(ManifestReader.read(bytes), type, Law.OCI, limits);
        return new ImageParts(
                digests(manifest.blobs().stream()
                        .filter(blob -> !blob.foreign())
                        .toList()),
                digests(manifest.children()));
    }

    private static List<Digest> digests(List<Descriptor> named) {
        return named.stream().map(Descriptor::digest).distinct().toList();
    }
}
