package entrepot.store.watched;

import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import entrepot.store.PassedOn;
import org.junit.jupiter.api.Test;

class WatchedStoresTest {

    @Test
    void every_method_of_metadata_is_passed_on() {
        PassedOn.assertDeclaresAll(WatchedMetadata.class, MetadataStore.class);
    }

    @Test
    void every_method_of_blobs_is_passed_on() {
        PassedOn.assertDeclaresAll(WatchedBlobs.class, BlobStore.class);
    }
}
