package entrepot.store;

import java.io.IOException;

/// There is no room left where the store keeps its bytes.
public final class StorageFullException extends IOException {
    public StorageFullException(String message) {
        super(message);
    }

    public StorageFullException(Throwable cause) {
        super("no space left", cause);
    }
}
