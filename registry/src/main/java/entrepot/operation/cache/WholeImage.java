package entrepot.operation.cache;

import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.ImageError;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.operation.Means;
import entrepot.operation.image.ForeignManifest;
import entrepot.operation.image.PutImage;
import entrepot.upstream.UpstreamException;
import entrepot.upstream.UpstreamManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Brings one image with all that it names: its layers before it, and the images of an index before the index.
record WholeImage(Means means, PutImage putImage, BlobFetches layers, ComingManifests coming, Brought image) {

    private static final int LAYERS_AT_ONCE = 4;

    /// Indexes in indexes.
    private static final int DEEPEST = 4;

    /// Durable when it returns.
    ///
    /// @throws Exception why something of it could not be had, or stored
    void bring() throws Exception {
        bring(image.manifest(), image.reference() instanceof Tag tag ? tag : null, 0);
    }

    private void bring(UpstreamManifest manifest, @Nullable Tag tag, int depth) throws Exception {
        if (depth > DEEPEST) {
            throw new RegistryException(
                    ImageError.InvalidManifest.SYNTAX.because("It has indexes in too many indexes"));
        }
        var content = ForeignManifest.of(manifest.bytes(), manifest.mediaType(), means.limits());
        for (var child : content.children()) {
            if (!isHere(means, image.repository(), child.digest())) {
                bring(manifest(child), null, depth + 1);
            }
        }
        bringLayers(content.blobs());
        put(manifest, tag);
    }

    static boolean isHere(Means means, Repository repository, Digest digest) {
        return means.metadata()
                .<Optional<StoredImage>>read(tx -> tx.images().find(repository, digest))
                .filter(found -> found.archival().isActive())
                .isPresent();
    }

    private UpstreamManifest manifest(Descriptor child) throws UpstreamException {
        var known = coming.find(ComingManifests.Name.of(image, child.digest()));
        return known.isPresent()
                ? known.get()
                : image.source().registry().manifest(image.source().name(), child.digest());
    }

    /// Some at a time, since those that a client asks for come first.
    private void bringLayers(List<Descriptor> blobs) throws Exception {
        var missing = blobs.stream()
                .filter(blob -> !blob.foreign())
                .map(Descriptor::digest)
                .distinct()
                .filter(digest -> !layers.isHere(image.repository(), digest))
                .toList();
        for (int from = 0; from < missing.size(); from += LAYERS_AT_ONCE) {
            var fetches = new ArrayList<BlobFetch>();
            for (var digest : missing.subList(from, Math.min(missing.size(), from + LAYERS_AT_ONCE))) {
                fetches.add(layers.begin(image.source(), image.repository(), digest, image.caller()));
            }
            for (var fetch : fetches) {
                fetch.awaitEnd(BlobFetches.LONGEST);
            }
        }
    }

    /// A tag that may not be moved stays where it is.
    private void put(UpstreamManifest manifest, @Nullable Tag tag) {
        try {
            store(manifest, tag);
        } catch (RegistryException e) {
            if (!(e.error() instanceof ImageError.ImageTagAlreadyExists)) {
                throw e;
            }
            store(manifest, null);
        }
    }

    private void store(UpstreamManifest manifest, @Nullable Tag tag) {
        ManifestBytes bytes = manifest.bytes();
        var repository = image.repository();
        putImage.bring(
                image.caller(),
                repository,
                new PutImage.Input(
                        repository.registry().account(),
                        repository.name(),
                        bytes,
                        manifest.mediaType().value(),
                        tag,
                        manifest.digest()));
    }
}
