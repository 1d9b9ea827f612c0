package entrepot.operation.layer;

import entrepot.domain.StoredLayer;
import entrepot.store.DamagedBlobException;
import entrepot.store.MetadataStore;
import entrepot.store.NoSuchBlobException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Layers that cannot be pulled, since their bytes are damaged. Whoever finds one so marks it: it counts as not there
/// from then on, and so the next push brings its bytes anew.
record DamagedLayers(MetadataStore metadata) {

    private static final Logger LOG = LoggerFactory.getLogger(DamagedLayers.class);

    /// Fails if the layer is marked, in words for the log. Nobody is refused: it is the registry's fault.
    static StoredLayer refuse(StoredLayer layer) {
        if (layer.isWhole()) {
            return layer;
        }
        throw new UncheckedIOException(
                new DamagedBlobException("%s is damaged: %s".formatted(layer.digest(), layer.damage())));
    }

    /// A pull met this: marks the layer if its bytes are gone, or not those that were stored.
    void met(StoredLayer layer, IOException failure) {
        if (failure instanceof NoSuchBlobException || failure instanceof DamagedBlobException) {
            mark(layer, String.valueOf(failure.getMessage()));
        }
    }

    /// What cannot be marked now is at the next pull; this one fails in any case.
    private void mark(StoredLayer layer, String damage) {
        try {
            if (metadata.<Boolean>transactGuarded(tx -> tx.repairs().mark(layer.key(), damage))) {
                LOG.error("{} counts as not there until it is pushed again: {}", layer.digest(), damage);
            }
        } catch (RuntimeException e) {
            LOG.warn("{} is damaged and could not be marked: {}", layer.digest(), damage, e);
        }
    }
}
