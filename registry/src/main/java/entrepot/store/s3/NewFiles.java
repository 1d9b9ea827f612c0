package entrepot.store.s3;

import java.io.IOException;
import java.nio.channels.FileChannel;

/// Makes files for bytes on their way.
@FunctionalInterface
public interface NewFiles {

    /// A new and empty one, gone when it is closed, and with the process.
    FileChannel newFile() throws IOException;
}
