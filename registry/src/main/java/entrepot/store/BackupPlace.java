package entrepot.store;

import entrepot.domain.BlobKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/// Where backups lie: blobs, which all of them share, and a few files that have names, such as `snapshots/one/sums`.
/// What can be seen here is whole. Held by `BackupPlaceContract`.
///
/// Every method fails with [StorageFullException] when there is no room, with another IOException for anything else.
public interface BackupPlace extends AutoCloseable {

    /// The file that says that this is a place of backups.
    String MARK = "backup.json";

    /// Those that are here whole. Not asked before it is known that the place is for backups.
    BlobStore blobs() throws IOException;

    /// Where blobs come in, which nobody takes for whole; empty at first, but where each is seen only when it is whole.
    BlobStore arriving() throws IOException;

    /// This blob has come whole, and is durable.
    void publish(BlobKey key) throws IOException;

    /// The names of all files, and of what else is here but blobs on their way, in no order: what is here and no
    /// backup's has a name as well, so that a place without names is empty.
    List<String> names() throws IOException;

    /// Opens a file.
    ///
    /// @throws java.nio.file.NoSuchFileException if it is not here
    InputStream read(String name) throws IOException;

    /// Makes a file of these bytes, or puts them in its place: whole and durable when this returns, and for its owner
    /// alone. The file that they come from is in [#work], and may be gone then.
    void put(String name, Path file) throws IOException;

    /// Removing an absent file is not an error.
    void delete(String name) throws IOException;

    /// A folder of this machine for files that go here. What is in it is gone when the place is closed.
    Path work() throws IOException;

    @Override
    void close() throws IOException;
}
