package entrepot.store;

import entrepot.domain.BlobKey;
import java.io.IOException;

/// The store has no such key, or not as many bytes under it as there should be.
public final class NoSuchBlobException extends IOException {
    public NoSuchBlobException(BlobKey key) {
        super("no such blob: " + key);
    }

    /// @param stored how many bytes it has
    /// @param size how many it should have
    public NoSuchBlobException(BlobKey key, long stored, long size) {
        super("the bytes of %s are damaged: %d instead of %d".formatted(key, stored, size));
    }
}
