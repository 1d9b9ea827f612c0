package entrepot.store.s3;

import entrepot.store.StorageFullException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Bytes on their way to S3, which must know how many they are and may want them again: a few in memory, more in a file
/// that nobody else sees.
final class Scratch implements Body, Closeable {

    /// In memory, in bytes.
    private static final int FEW = 256 << 10;

    private static final int PIECE = 64 << 10;

    private final NewFiles files;
    private byte[] memory = new byte[0];
    private long length;
    private @Nullable FileChannel file;

    /// @param files makes the file, if one is needed
    Scratch(NewFiles files) {
        this.files = files;
    }

    void add(ByteBuffer bytes) throws IOException {
        var count = bytes.remaining();
        if (file == null && length + count <= FEW) {
            memory = room((int) length + count);
            bytes.get(memory, (int) length, count);
        } else {
            writeBehind(bytes);
        }
        length += count;
    }

    private void writeBehind(ByteBuffer bytes) throws IOException {
        try {
            write(file(), bytes, length);
        } catch (IOException e) {
            throw String.valueOf(e.getMessage()).contains("No space left") ? new StorageFullException(e) : e;
        }
    }

    private byte[] room(int needed) {
        return needed <= memory.length
                ? memory
                : Arrays.copyOf(memory, Math.min(FEW, Math.max(needed, 2 * memory.length)));
    }

    private FileChannel file() throws IOException {
        if (file == null) {
            file = files.newFile();
            write(file, ByteBuffer.wrap(memory, 0, (int) length), 0);
            memory = new byte[0];
        }
        return file;
    }

    private static void write(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public InputStream read() throws IOException {
        return file == null
                ? new ByteArrayInputStream(memory, 0, (int) length)
                : new BufferedInputStream(new FileInput(file, length), PIECE);
    }

    /// Some of them, in memory.
    byte[] bytes(long from, int count) throws IOException {
        try (var input = read()) {
            input.skipNBytes(from);
            return input.readNBytes(count);
        }
    }

    /// Begins anew.
    void clear() throws IOException {
        length = 0;
        if (file != null) {
            file.truncate(0);
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /// Its beginning, wherever others read it.
    private static final class FileInput extends InputStream {
        private final FileChannel file;
        private final long end;
        private long position;

        FileInput(FileChannel file, long end) {
            this.file = file;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (position >= end) {
                return -1;
            }
            var count = (int) Math.min(length, end - position);
            var read = file.read(ByteBuffer.wrap(bytes, offset, count), position);
            position += Math.max(0, read);
            return read;
        }
    }
}
