package entrepot.operation.layer;

import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.LayerError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredLayer;
import entrepot.operation.PullThrough;
import entrepot.operation.PullThrough.Layer;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.sealing.Vault;
import entrepot.store.Layers;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/// A layer, in the repository that it is read from.
///
/// @param named whether a manifest there names it
record ReadableLayer(Repository repository, StoredLayer layer, boolean named) {

    /// Which layer, of a digest that may be none.
    ///
    /// @param text as it was asked for
    record Named(RegistryId registry, RepositoryName repository, Optional<Digest> digest, String text) {}

    /// Fails with a refusal if the layer is not there, or the repository has no key to read it with; and otherwise if
    /// its bytes are known to be damaged.
    static StoredLayer require(MetadataStore metadata, Vault vault, Law law, Named named) {
        return require(metadata, vault, law, named, asked -> metadata.ask(tx -> find(tx, asked)));
    }

    static Optional<Layers.Found> find(Transaction tx, Named named) {
        return named.digest().flatMap(digest -> tx.layers().find(named.registry(), named.repository(), digest));
    }

    /// The same, where it is found by other means.
    static StoredLayer require(
            MetadataStore metadata,
            Vault vault,
            Law law,
            Named named,
            Function<Named, Optional<Layers.Found>> finding) {
        var found = finding.apply(named)
                .map(there -> of(law, there))
                .orElseGet(() -> metadata.read(tx -> find(tx, law, named)));
        if (!found.named()) {
            throw new RegistryException(new LayerError.LayerUnnamed(
                    found.repository(), found.layer().digest()));
        }
        if (found.layer().archived()) {
            throw new RegistryException(new LayerError.LayerInaccessible(
                    found.repository(), found.layer().digest()));
        }
        vault.require(found.repository(), found.layer().keys());
        return DamagedLayers.refuse(found.layer());
    }

    private static ReadableLayer of(Law law, Layers.Found found) {
        return new ReadableLayer(found.repository(), found.layer(), law.servesUnnamedLayers() || found.isNamed());
    }

    /// To say what is not there: a miss, or what has come meanwhile.
    private static ReadableLayer find(Transaction tx, Law law, Named named) {
        var repository = RepositoryLookup.require(tx, named.registry(), named.repository());
        return named.digest()
                .flatMap(digest -> tx.layers().find(repository, List.of(digest)).values().stream()
                        .findFirst())
                .map(layer -> new ReadableLayer(repository, layer, isNamed(tx, law, repository, layer)))
                .orElseThrow(() -> new RegistryException(new LayerError.LayerNotFound(repository, named.text())));
    }

    /// Not looked for where it does not matter.
    private static boolean isNamed(Transaction tx, Law law, Repository repository, StoredLayer layer) {
        return law.servesUnnamedLayers() || tx.layers().isReferenced(repository, layer.digest());
    }

    /// Of a layer that is not here, or that no manifest names yet, what another registry has; else fails as the
    /// look for it did.
    ///
    /// @param here looks again
    /// @param coming makes the answer of a layer that is on its way
    static <T> T elsewhere(
            PullThrough elsewhere,
            PullThrough.Pull pull,
            Digest digest,
            RegistryException miss,
            Supplier<T> here,
            BiFunction<Digest, Layer.Coming, T> coming) {
        if (!(miss.error() instanceof LayerError.LayerNotFound) && !(miss.error() instanceof LayerError.LayerUnnamed)) {
            throw miss;
        }
        return switch (elsewhere.layer(pull, digest).orElseThrow(() -> miss)) {
            case Layer.Here _ -> here.get();
            case Layer.Coming layer -> coming.apply(digest, layer);
        };
    }
}
