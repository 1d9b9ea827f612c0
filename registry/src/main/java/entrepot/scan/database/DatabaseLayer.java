package entrepot.scan.database;

import entrepot.domain.Descriptor;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.Manifest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.RegistryException;
import entrepot.scanner.DatabaseArchive;
import entrepot.scanner.ScanFailedException;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The one layer of an artifact that a database is in.
final class DatabaseLayer {

    /// In bytes, compressed.
    static final long LARGEST = 4L << 30;

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private DatabaseLayer() {}

    /// @throws ScanFailedException if there is none, or it is too large
    static Descriptor of(ManifestBytes manifest, DatabaseArchive archive) throws ScanFailedException {
        var layers = image(manifest).blobs().stream()
                .skip(1) // the config
                .filter(layer -> archive.isOf(layer.mediaType()))
                .toList();
        if (layers.size() != 1) {
            throw new ScanFailedException("It has %d layers with a database, not one".formatted(layers.size()));
        }
        var layer = layers.getFirst();
        if (layer.size() < 0 || layer.size() > LARGEST) {
            throw new ScanFailedException("It has more than %d bytes".formatted(LARGEST));
        }
        return layer;
    }

    private static Manifest image(ManifestBytes manifest) throws ScanFailedException {
        try {
            var json = JsonMapper.shared().readValue(manifest.toByteArray(), OBJECT);
            return Manifest.of(json, MediaType.OCI_MANIFEST, Law.OCI, Limits.ECR);
        } catch (JacksonException | RegistryException e) {
            throw new ScanFailedException("It is no manifest of an image");
        }
    }
}
