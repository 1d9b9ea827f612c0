package entrepot.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Bytes that are there are not what they should be.
public class DamagedBlobException extends IOException {
    public DamagedBlobException(String message) {
        super(message);
    }

    public DamagedBlobException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
