package entrepot.store;

import entrepot.domain.Content;
import java.io.IOException;
import java.util.List;

/// Files that another program keeps, by names whose parts `/` divides. Only to be read, whatever their names are.
public interface ForeignFiles extends AutoCloseable {

    /// What is in a folder, in order of the names: folders have a `/` at the end. Nothing where there is no such
    /// folder.
    List<String> list(String folder) throws IOException;

    /// A file, which is asked for when it is written.
    ///
    /// @throws java.nio.file.NoSuchFileException if there is none of this name
    Content open(String name) throws IOException;

    @Override
    void close();
}
