package entrepot.http;

import entrepot.domain.Content;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/// Bytes kept for the length of one request: up to 256 KiB in memory, more in a file. A disk that fails is told by an
/// unchecked exception, so that it cannot be taken for a client that went away.
public final class Spool implements WritableByteChannel {

    /// Held in memory, in bytes.
    public static final int IN_MEMORY = 256 << 10;

    private final SpoolFolder folder;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable FileChannel file;
    private long length;

    public Spool(SpoolFolder folder) {
        this.folder = folder;
    }

    /// Whether there are more than memory is meant for.
    public boolean isFile() {
        return file != null;
    }

    @Override
    public int write(ByteBuffer bytes) {
        var count = bytes.remaining();
        try {
            if (file == null && memory.size() + count > IN_MEMORY) {
                file = folder.newFile();
                writeAll(file, ByteBuffer.wrap(memory.toByteArray()));
                memory.reset();
            }
            length += count;
            writeAll(file == null ? Channels.newChannel(memory) : file, bytes);
        } catch (IOException e) {
            throw failure(e);
        }
        return count;
    }

    private static void writeAll(WritableByteChannel target, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
    }

    private static RuntimeException failure(IOException e) {
        return isFull(String.valueOf(e.getMessage()))
                ? new RegistryException(new RegistryError.StorageFull())
                : new UncheckedIOException(e);
    }

    private static boolean isFull(String message) {
        return message.contains("No space left") || message.contains("Disk quota exceeded");
    }

    /// The bytes from the first one on, any number of times, until this is closed.
    public InputStream open() {
        return file == null ? new ByteArrayInputStream(memory.toByteArray()) : new FileBytes(file);
    }

    /// The bytes as an answer, which closes this by itself when it was written.
    public Content content() {
        return file == null ? new Content.Bytes(memory.toByteArray()) : new Once(file, length);
    }

    @Override
    public boolean isOpen() {
        return file == null || file.isOpen();
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /// If it is never written, the file goes when its channel is collected.
    private record Once(FileChannel file, long length) implements Content {
        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            try (file) {
                for (long done = 0; done < length; ) {
                    done += file.transferTo(done, Math.min(length - done, 1 << 20), target);
                }
            }
        }
    }

    /// Reads with a position of its own.
    private static final class FileBytes extends InputStream {
        private final FileChannel file;
        private long position;

        FileBytes(FileChannel file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            var count = file.read(ByteBuffer.wrap(target, offset, length), position);
            position += Math.max(count, 0);
            return count;
        }
    }
}
