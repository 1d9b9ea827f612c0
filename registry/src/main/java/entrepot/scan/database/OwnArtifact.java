package entrepot.scan.database;

import entrepot.domain.Descriptor;
import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.scan.ScanMeans;
import entrepot.scanner.ScanFailedException;
import entrepot.store.Transaction;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Optional;

/// One that lies in this registry. Who configures it may read it, so no policy is asked.
public record OwnArtifact(ScanMeans means, RegistryId registry, RepositoryName name, Tag tag)
        implements ArtifactSource {

    private record Found(Repository repository, StoredImage image) {}

    @Override
    public Digest digest() throws ScanFailedException {
        return means.metadata()
                .read(tx -> repository(tx).flatMap(repository -> tx.images().find(repository, tag)))
                .filter(image -> image.archival().isActive())
                .map(StoredImage::digest)
                .orElseThrow(() -> absent("It has no such tag"));
    }

    private Optional<Repository> repository(Transaction tx) {
        return tx.repositories().find(registry, name);
    }

    private static ScanFailedException absent(String why) {
        return new ScanFailedException(why);
    }

    @Override
    public ManifestBytes manifest(Digest digest) throws ScanFailedException {
        var found = means.metadata()
                .read(tx -> repository(tx)
                        .flatMap(repository ->
                                tx.images().find(repository, digest).map(image -> new Found(repository, image))))
                .orElseThrow(() -> absent("Its manifest is gone"));
        var cover = means.vault().cover(found.repository());
        return means.metadata().read(tx -> tx.images().manifest(found.image(), cover));
    }

    @Override
    public void copy(Descriptor blob, WritableByteChannel target) throws IOException {
        var repository = means.metadata().read(this::repository).orElseThrow(() -> absent("Its repository is gone"));
        var layer = means.metadata()
                .read(tx -> tx.layers().find(repository, List.of(blob.digest())))
                .get(blob.digest());
        if (layer == null || !layer.isWhole() || layer.size() != blob.size()) {
            throw absent("Its layer is not stored as its manifest says");
        }
        means.vault().require(repository, layer.keys());
        means.vault()
                .endedBlobs(layer.keys())
                .open(layer.key(), layer.size(), 0, layer.size())
                .writeTo(target);
    }
}
