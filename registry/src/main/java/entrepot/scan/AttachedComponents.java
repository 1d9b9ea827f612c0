package entrepot.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.auth.Caller;
import entrepot.auth.Principal;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.Origin;
import entrepot.domain.RegistryAddress;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.operation.Means;
import entrepot.operation.image.ImageOperations;
import entrepot.operation.image.PutImage;
import entrepot.operation.layer.LayerOperations;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Stores what an image is made of as an image about it, for whoever looks for such, unless somebody has done so. The
/// registry does it itself, in the name of its account's root. Source: OCI image specification, "Guidelines for
/// Artifact
/// Usage".
public record AttachedComponents(MetadataStore metadata, PutImage putImage, LayerOperations layers) {

    private static final String TYPE = "application/vnd.cyclonedx+json";
    private static final Content.Bytes EMPTY = new Content.Bytes("{}".getBytes(UTF_8));
    private static final String NAME = "scanner";
    private static final RegistryAddress ADDRESS = new RegistryAddress("https", "localhost");

    public static AttachedComponents with(Means means) {
        return new AttachedComponents(
                means.metadata(), ImageOperations.with(means).putImage(), LayerOperations.with(means));
    }

    /// @param document in CycloneDX's JSON
    void attach(Repository repository, StoredImage image, Path document) throws IOException {
        var known = metadata.read(tx -> tx.referrers().of(repository, image.digest(), TYPE, 0, 1));
        if (!known.isEmpty()) {
            return;
        }
        var root = Principal.ofRoot(repository.registry().account(), NAME);
        var caller = new Caller(root, repository.registry(), ADDRESS, new Origin("127.0.0.1", true, NAME, NAME));
        var size = Files.size(document);
        var bytes = new Content.FileRegion(document, 0, size);
        var list = digest(bytes);
        layers.bring(caller, repository, digest(EMPTY), EMPTY, () -> {});
        layers.bring(caller, repository, list, bytes, () -> {});
        var manifest = manifest(image, list, size);
        var name = manifest.digest(Digest.Algorithm.SHA256);
        putImage.bring(
                caller,
                repository,
                new PutImage.Input(null, repository.name(), manifest, MediaType.OCI_MANIFEST.value(), null, name));
    }

    private static ManifestBytes manifest(StoredImage image, Digest list, long size) throws IOException {
        return ManifestBytes.ofText("""
        {"schemaVersion":2,"mediaType":"%s","artifactType":"%s",\
        "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},\
        "layers":[{"mediaType":"%2$s","digest":"%s","size":%d}],\
        "subject":{"mediaType":"%s","digest":"%s","size":%d}}""".formatted(
                        MediaType.OCI_MANIFEST,
                        TYPE,
                        digest(EMPTY),
                        list,
                        size,
                        image.mediaType(),
                        image.digest(),
                        image.manifestSize()));
    }

    private static Digest digest(Content content) throws IOException {
        return Digest.of(Digest.Algorithm.SHA256, content);
    }
}
