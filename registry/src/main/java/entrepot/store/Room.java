package entrepot.store;

import java.io.IOException;

/// Whether there is room for more. It ends while there still is some for what revokes, cancels and deletes.
@FunctionalInterface
public interface Room {

    Room ENDLESS = () -> {};

    /// Fails where there is none.
    ///
    /// @throws StorageFullException then
    void require() throws IOException;
}
