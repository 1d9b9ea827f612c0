package entrepot.check;

import entrepot.domain.BlobKey;
import entrepot.store.BlobStore;
import entrepot.store.ForwardedBlobs;
import java.io.IOException;
import java.util.OptionalLong;

/// Something happens to a blob between the look at its row and the look at its bytes.
final class ReplacedWhileRead extends ForwardedBlobs {

    private final Runnable happening;

    ReplacedWhileRead(BlobStore store, Runnable happening) {
        super(store);
        this.happening = happening;
    }

    @Override
    public OptionalLong size(BlobKey key) throws IOException {
        happening.run();
        return super.size(key);
    }
}
