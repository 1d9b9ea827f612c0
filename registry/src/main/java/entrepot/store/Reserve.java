package entrepot.store;

import java.io.IOException;

/// What is kept free for what revokes, cancels and deletes. Whoever brings bytes of blobs asks first.
@FunctionalInterface
public interface Reserve {

    Reserve NONE = () -> {};

    /// Fails where no more than the reserve is free.
    ///
    /// @throws StorageFullException in that case
    void require() throws IOException;
}
