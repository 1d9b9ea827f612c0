package entrepot.scanner;

import java.io.IOException;

/// A scanner with what it knows at the moment, which changes.
@FunctionalInterface
public interface Scanners {

    /// One that stays as it is for as long as a scan may take.
    ///
    /// @throws ScanFailedException if nothing is known to it
    Scanner current() throws IOException;

    /// Whether to wait with scans, since what it knows is on its way for the first time.
    default boolean isComing() {
        return false;
    }
}
