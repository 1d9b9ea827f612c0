package entrepot.transfer;

import java.io.IOException;
import java.util.List;

/// Where images are imported from.
public interface Source extends AutoCloseable {

    /// All that there is, in a lasting order.
    List<SourceRepository> repositories() throws IOException;

    @Override
    default void close() throws IOException {
        // most keep nothing open
    }
}
