package entrepot.store;

import java.io.IOException;

/// What a store keeps its data in cannot be reached now. It may be there later, and nothing else is known to be wrong.
public final class StoreAwayException extends IOException {
    public StoreAwayException(String message) {
        super(message);
    }
}
