package entrepot.transfer;

import entrepot.domain.Content;
import java.io.IOException;
import java.util.List;

/// What another registry has put into a folder, wherever that is. Only plain files are read, and nothing outside.
public interface SourceFiles extends AutoCloseable {

    /// A file's bytes.
    ///
    /// @throws java.nio.file.NoSuchFileException if there is no such file
    /// @throws IOException also if there are more
    byte[] bytes(String path, int most) throws IOException;

    /// The same of a file of any length.
    Content content(String path) throws IOException;

    boolean has(String path) throws IOException;

    /// The names in a folder, sorted; none if there is no folder.
    List<String> names(String folder) throws IOException;

    /// Folders at any depth below one that have an entry of this name, as paths from that one, sorted.
    ///
    /// @throws IOException also if there is no such folder
    List<String> having(String folder, String entry) throws IOException;

    @Override
    default void close() {
        // most keep nothing open
    }
}
