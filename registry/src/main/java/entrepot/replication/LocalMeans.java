package entrepot.replication;

import entrepot.operation.ImageChanges;
import entrepot.operation.Means;
import entrepot.operation.Operations;
import entrepot.operation.image.ImageOperations;
import entrepot.operation.layer.LayerOperations;
import entrepot.operation.layer.SharedLayers;
import entrepot.operation.repository.PushTargets;
import entrepot.store.MetadataStore;

/// The operations as they are done for who replicates: in transactions that hold the lease.
public record LocalMeans(
        Operations door,
        MetadataStore metadata,
        PushTargets targets,
        ImageOperations images,
        LayerOperations layers,
        SharedLayers shared,
        SourceLayers sources,
        ImageChanges changes) {

    /// Made for this alone.
    ///
    /// @param means over metadata whose transactions hold the lease
    public static LocalMeans with(Means means, Operations door) {
        var layers = LayerOperations.with(means);
        return new LocalMeans(
                door,
                means.metadata(),
                PushTargets.with(means),
                ImageOperations.with(means),
                layers,
                new SharedLayers(means.metadata(), means.vault(), means.clock()),
                new SourceLayers(door, layers.readLayer()),
                means.kept().changes());
    }
}
