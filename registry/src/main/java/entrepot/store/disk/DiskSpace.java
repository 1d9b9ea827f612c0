package entrepot.store.disk;

import entrepot.domain.Metered;
import entrepot.store.Reserve;
import entrepot.store.StorageFullException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/// What blobs may take of a disk: all but a reserve, so that when they have filled it there is still room for the
/// metadata that revokes, cancels and deletes.
///
/// The disk is asked now and then, not for every write: after a part of the reserve was written, since more is not at
/// stake then, or a second, since others write there too.
public final class DiskSpace implements Reserve, Metered.Meter {

    /// Enough for many thousand revocations and deletions, in bytes.
    private static final long RESERVE = 256L << 20;

    /// The share of a small disk, one part in so many.
    private static final long SHARE = 8;

    private static final int LOOKS_A_RESERVE = 8;
    private static final long LOOK_NANOS = 1_000_000_000;

    private final LongSupplier usable;
    private final long reserve;
    private long allowed;
    private long lookedAt;

    /// @param usable asks how many bytes may be written still
    /// @param reserve bytes that blobs leave
    DiskSpace(LongSupplier usable, long reserve) {
        this.usable = usable;
        this.reserve = reserve;
    }

    /// Of the disk that a folder is on. One that cannot be asked has no reserve.
    public static DiskSpace of(Path folder) {
        var file = folder.toFile();
        var total = file.getTotalSpace();
        return total == 0
                ? new DiskSpace(() -> Long.MAX_VALUE, 0)
                : new DiskSpace(file::getUsableSpace, Math.min(RESERVE, total / SHARE));
    }

    @Override
    public void require() throws IOException {
        before(1);
    }

    /// Fails if the reserve would be touched.
    @Override
    public synchronized void before(int bytes) throws IOException {
        if (bytes > allowed || System.nanoTime() - lookedAt > LOOK_NANOS) {
            look(bytes);
        }
        allowed -= bytes;
    }

    private void look(int bytes) throws IOException {
        var left = usable.getAsLong() - reserve;
        if (left < bytes) {
            allowed = 0;
            throw new StorageFullException("No space left but the reserve of %d bytes".formatted(reserve));
        }
        allowed = Math.max(bytes, Math.min(left, reserve / LOOKS_A_RESERVE));
        lookedAt = System.nanoTime();
    }
}
