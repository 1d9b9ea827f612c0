package entrepot.store;

import entrepot.domain.BlobKey;
import java.io.IOException;

/// The store has no such key, or fewer bytes under it than were asked for.
public final class NoSuchBlobException extends IOException {
    public NoSuchBlobException(BlobKey key) {
        super("no such blob: " + key);
    }
}
