package entrepot.store.disk;

import entrepot.domain.BlobKey;
import entrepot.store.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Locks of blobs, as all processes see them that share the folder. Each is a byte of one file that has none: to close
/// any channel of a file lets go of all that the process has locked of it, so that the blobs' own files cannot be it.
///
/// Source: POSIX, fcntl, "advisory record locking".
final class FileLocks implements AutoCloseable {

    private static final Set<StandardOpenOption> OPTIONS = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

    private final Path file;
    private @Nullable FileChannel channel;

    /// @param file made when it is first needed
    FileLocks(Path file) {
        this.file = file;
    }

    /// Empty while somebody else has it.
    Optional<BlobStore.Held> lock(BlobKey key) throws IOException {
        try {
            return Optional.ofNullable(channel().tryLock(position(key), 1, false))
                    .map(lock -> () -> unlock(lock));
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static void unlock(FileLock lock) throws IOException {
        if (lock.channel().isOpen()) {
            lock.release();
        }
    }

    /// Of 62 bits that are random.
    private static long position(BlobKey key) {
        return UUID.fromString(key.value()).getLeastSignificantBits() & 0x3fff_ffff_ffff_ffffL;
    }

    private synchronized FileChannel channel() throws IOException {
        var open = channel;
        if (open == null) {
            open = FileChannel.open(file, OPTIONS, DiskBlobStore.OWNER_FILE);
            channel = open;
        }
        return open;
    }

    @Override
    public synchronized void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
