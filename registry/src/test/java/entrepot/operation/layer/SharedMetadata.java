package entrepot.operation.layer;

import entrepot.store.ForwardedMetadata;
import entrepot.store.MetadataStore;

/// A store that says that others write it too, as two nodes of one process do.
final class SharedMetadata extends ForwardedMetadata {

    SharedMetadata(MetadataStore store) {
        super(store);
    }

    @Override
    public boolean isShared() {
        return true;
    }
}
