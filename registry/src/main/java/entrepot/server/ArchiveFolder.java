package entrepot.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import entrepot.domain.BlobKey;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import entrepot.store.disk.DiskBlobStore;
import entrepot.store.disk.DiskSpace;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The folder of the archive, which is one registry's and says whose, in a file. So neither another registry's folder
/// is
/// taken for it, nor the place where its disk is not mounted.
///
/// @param registry the id of the one that it is opened for
record ArchiveFolder(Path path, String registry) {

    private static final String OWNER = "registry";

    /// So many of the bytes that are to be here are looked for.
    private static final int LOOKED_FOR = 100;

    /// The folder is never made: one that is not there may be on a disk that is not.
    ///
    /// @param isOwn whether it is to be written
    /// @throws IOException if it is not there, is another registry's, or has nothing of what is to be here
    BlobStore open(MetadataStore metadata, boolean isOwn) throws IOException {
        if (!Files.isDirectory(path)) {
            throw new IOException("archive.disk: %s is not a folder that is there".formatted(path));
        }
        var keys = metadata.read(tx -> tx.archivedBlobs().keys(LOOKED_FOR));
        if (!isMarked() && !keys.isEmpty() && !hasOneOf(keys)) {
            throw new IOException(
                    "archive.disk: %s has none of the bytes that were moved there: is its disk there?".formatted(path));
        }
        if (isOwn && !isMarked()) {
            mark();
        }
        return blobs();
    }

    /// @throws IOException if it is another registry's
    private boolean isMarked() throws IOException {
        var file = path.resolve(OWNER);
        if (!Files.exists(file)) {
            return false;
        }
        if (!Files.readString(file, US_ASCII).strip().equals(registry)) {
            throw new IOException("archive.disk: %s is the archive of another registry".formatted(path));
        }
        return true;
    }

    private void mark() throws IOException {
        try {
            Files.writeString(
                    path.resolve(OWNER),
                    registry + "\n",
                    US_ASCII,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
        } catch (FileAlreadyExistsException e) {
            isMarked(); // by whoever was first
        }
    }

    private boolean hasOneOf(List<BlobKey> keys) throws IOException {
        if (!Files.isDirectory(path.resolve("blobs"))) {
            return false;
        }
        try (var blobs = blobs()) {
            for (var key : keys) {
                if (blobs.size(key).isPresent()) {
                    return true;
                }
            }
            return false;
        }
    }

    private DiskBlobStore blobs() throws IOException {
        return new DiskBlobStore(path, DiskSpace.of(path));
    }
}
