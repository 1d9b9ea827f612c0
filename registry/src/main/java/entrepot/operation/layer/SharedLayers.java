package entrepot.operation.layer;

import entrepot.domain.Digest;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredLayer;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.sealing.Vault;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Gives repositories layers that others have, without a copy of their bytes. Whoever calls it has made sure that the
/// layer may be taken from there.
public record SharedLayers(MetadataStore metadata, Vault vault, InstantSource clock) {

    /// Where a layer is.
    public record Source(RegistryId registry, RepositoryName repository, Digest digest) {}

    /// Says whether the target has it now: not where the bytes lie otherwise than the target's do, or are not all
    /// there.
    public boolean share(Source source, Repository target) {
        return isWhole(source, target) && link(source, target);
    }

    /// A layer whose bytes are not all there is worth an upload, which mends it.
    private boolean isWhole(Source source, Repository target) {
        return metadata.read(tx -> find(tx, source, target))
                .filter(layer ->
                        LayerUploads.storing(() -> vault.blobs(layer.keys()).size(layer.key()))
                                        .orElse(-1)
                                == layer.size())
                .isPresent();
    }

    /// Looks again, since either repository, or the layer, may be gone by now.
    private boolean link(Source source, Repository seen) {
        return metadata.transactGuarded(tx -> {
            var target = RepositoryLookup.hold(tx, seen.registry(), seen.name());
            var blob = find(tx, source, target).flatMap(_ -> tx.layers().blob(source.digest(), target.encryption()));
            blob.ifPresent(found -> tx.layers().link(target, found, clock.instant()));
            return blob.isPresent();
        });
    }

    /// Only in a repository whose bytes lie as the target's do: no other has bytes that the target could read. What
    /// only archived images use is not to be had.
    private static Optional<StoredLayer> find(Transaction tx, Source source, Repository target) {
        return tx.repositories()
                .find(source.registry(), source.repository())
                .filter(repository -> repository.encryption().equals(target.encryption()))
                .flatMap(repository -> tx.layers().find(repository, List.of(source.digest())).values().stream()
                        .findFirst())
                .filter(layer -> !layer.archived())
                .filter(StoredLayer::isWhole);
    }
}
