package entrepot.operation.layer;

import entrepot.domain.Digest;
import entrepot.domain.GarbageRules;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredLayer;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.Garbage.Known;
import entrepot.store.MetadataStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells whether layers are there, and keeps them for whoever is told so: they send what names a layer instead of the
/// layer. What no manifest names goes after a while, and stays as if it had come now once somebody is told of it.
///
/// @param rules how long it stays for them at least
record KnownLayers(MetadataStore metadata, GarbageRules rules) {

    /// Those of the digests that the repository has, and are not known to be damaged: those must be sent again.
    Map<Digest, StoredLayer> find(RegistryId registry, RepositoryName name, Collection<Digest> digests) {
        var known = metadata.read(
                tx -> tx.garbage().find(RepositoryLookup.require(tx, registry, name), digests, rules.promise()));
        var layers = new HashMap<Digest, StoredLayer>();
        known.forEach((digest, layer) -> layers.put(digest, layer.layer()));
        var old = old(known);
        if (!old.isEmpty()) {
            old.forEach(layers::remove);
            layers.putAll(keep(registry, name, old));
        }
        layers.values().removeIf(layer -> !layer.isWhole());
        return layers;
    }

    /// The same of one repository that was looked up.
    Map<Digest, StoredLayer> find(Repository repository, Digest digest) {
        return find(repository.registry(), repository.name(), List.of(digest));
    }

    private static List<Digest> old(Map<Digest, Known> known) {
        return known.entrySet().stream()
                .filter(each ->
                        each.getValue().isOld() && each.getValue().layer().isWhole())
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<Digest, StoredLayer> keep(RegistryId registry, RepositoryName name, List<Digest> digests) {
        return metadata.transactGuarded(tx -> tx.garbage().keep(RepositoryLookup.require(tx, registry, name), digests));
    }
}
