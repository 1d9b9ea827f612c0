package entrepot.http.body;

import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import entrepot.http.HeldContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Bytes kept for the length of one request: at most 256 KiB in memory, less where many share it, more in a file, which
/// nobody else can read. Room is taken before it is filled; where a file finds none, a write waits, and fails with
/// `Throttling`. A disk that fails is told by an unchecked exception, so that it cannot be taken for a client that went
/// away.
public final class Spool implements WritableByteChannel {

    /// The most that is held in memory, in bytes.
    static final int IN_MEMORY = 256 << 10;

    private static final int PIECE = 32 << 10;

    private final Room memory;
    private final Room disk;
    private final SpoolFolder folder;
    private byte[] bytes = new byte[0];
    private @Nullable SpoolFile file;
    private int taken;
    private long length;
    private boolean closed;

    Spool(Room memory, Room disk, SpoolFolder folder) {
        this.memory = memory;
        this.disk = disk;
        this.folder = folder;
    }

    /// This, with these bytes, which are used as they are if they may stay in memory.
    Spool with(byte[] whole) {
        if (takesInMemory(whole.length)) {
            return holding(whole);
        }
        write(ByteBuffer.wrap(whole));
        return this;
    }

    /// Takes room in memory for so many bytes, which are to be held then; not if they belong into a file.
    boolean takesInMemory(int count) {
        if (count > IN_MEMORY || !memory.tryTake(count, 0)) {
            return false;
        }
        taken = count;
        return true;
    }

    /// This, with bytes for which room is taken.
    Spool holding(byte[] whole) {
        bytes = whole;
        length = whole.length;
        return this;
    }

    @Override
    public int write(ByteBuffer more) {
        var count = more.remaining();
        try {
            if (file == null && !isRoomFor(count)) {
                moveToFile();
            }
            if (file == null) {
                more.get(bytes, (int) length, count);
            } else {
                writeToFile(file, more);
            }
        } catch (IOException e) {
            throw failure(e);
        }
        length += count;
        return count;
    }

    /// A body that comes whole is held in just as many bytes.
    private boolean isRoomFor(int count) {
        var needed = length + count;
        if (needed <= bytes.length) {
            return true;
        }
        var size = (int) Math.min(Math.max(needed, 2L * bytes.length), IN_MEMORY);
        if (needed > IN_MEMORY || !memory.tryTake(size - bytes.length, bytes.length)) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, size);
        taken = size;
        return true;
    }

    private void moveToFile() throws IOException {
        disk.take(length, 0);
        try {
            file = new SpoolFile(folder.newFile());
        } finally {
            if (file == null) {
                disk.giveBack(length);
            }
        }
        file.write(ByteBuffer.wrap(bytes, 0, (int) length));
        memory.giveBack(taken);
        taken = 0;
        bytes = new byte[0];
    }

    private void writeToFile(SpoolFile target, ByteBuffer more) throws IOException {
        var count = more.remaining();
        disk.take(count, length);
        var written = false;
        try {
            target.write(more);
            written = true;
        } finally {
            if (!written) {
                disk.giveBack(count);
            }
        }
    }

    private static RuntimeException failure(IOException e) {
        return isFull(String.valueOf(e.getMessage()))
                ? new RegistryException(new EveryApiError.StorageFull())
                : new UncheckedIOException(e);
    }

    private static boolean isFull(String message) {
        return message.contains("No space left") || message.contains("Disk quota exceeded");
    }

    /// How many bytes there are.
    public long length() {
        return length;
    }

    /// The bytes from the first one on, any number of times, until this is closed.
    public InputStream open() {
        return file == null ? new ByteArrayInputStream(bytes, 0, (int) length) : file.open();
    }

    /// The bytes as an answer, which closes this when it is released.
    public HeldContent content() {
        return file == null ? new Held(this, ByteBuffer.wrap(bytes, 0, (int) length)) : new Filed(this, file, length);
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    /// Gives back all that it has taken. A second time does nothing.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        memory.giveBack(taken);
        if (file != null) {
            disk.giveBack(length);
            closeFile(file);
        }
    }

    private static void closeFile(SpoolFile file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// In memory.
    public record Held(Spool spool, ByteBuffer bytes) implements HeldContent {
        @Override
        public long length() {
            return bytes.remaining();
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            var left = bytes.duplicate();
            while (left.hasRemaining()) {
                target.write(left);
            }
        }

        @Override
        public void release() {
            spool.close();
        }
    }

    /// In a file.
    record Filed(Spool spool, SpoolFile file, long length) implements HeldContent {
        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            try (var bytes = file.open()) {
                var piece = new byte[PIECE];
                for (int count; (count = bytes.read(piece)) > 0; ) {
                    var buffer = ByteBuffer.wrap(piece, 0, count);
                    while (buffer.hasRemaining()) {
                        target.write(buffer);
                    }
                }
            }
        }

        @Override
        public void release() {
            spool.close();
        }
    }
}
