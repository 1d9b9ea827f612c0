package entrepot.operation.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What has come of a layer, for those who read it while it comes. Written by one thread; each reader opens it for
/// itself, since one that is interrupted closes its channel.
final class FetchFile implements AutoCloseable {

    /// Whoever was told of it has begun to read it by then.
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final Path path;
    private final FileChannel channel;
    private final @Nullable PassingKey key;
    private final PassingKey.@Nullable Stream writing;

    private FetchFile(Path path, FileChannel channel, @Nullable PassingKey key) {
        this.path = path;
        this.channel = channel;
        this.key = key;
        this.writing = key == null ? null : key.from(0);
    }

    /// @param sealed whether its bytes are never to lie bare
    static FetchFile make(Path folder, boolean sealed) throws IOException {
        Files.createDirectories(folder);
        var path = folder.resolve("fetch-" + UUID.randomUUID());
        var channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new FetchFile(path, channel, sealed ? PassingKey.random() : null);
    }

    /// Where its bytes lie as they are; empty where they are sealed.
    Optional<Path> bare() {
        return key == null ? Optional.of(path) : Optional.empty();
    }

    void write(ByteBuffer bytes) throws IOException {
        var stored = writing == null ? bytes : writing.changed(bytes);
        while (stored.hasRemaining()) {
            channel.write(stored);
        }
    }

    /// Its bytes from one on, in order.
    Reader open(long from) throws IOException {
        var file = FileChannel.open(path, StandardOpenOption.READ).position(from);
        return new Reader(file, key == null ? null : key.from(from));
    }

    record Reader(FileChannel file, PassingKey.@Nullable Stream bare) implements AutoCloseable {

        /// As many bytes as the piece has room for, all of which have been written.
        ByteBuffer next(ByteBuffer piece) throws IOException {
            while (piece.hasRemaining()) {
                if (file.read(piece) < 0) {
                    throw new IOException("the layer has fewer bytes than the other registry said");
                }
            }
            piece.flip();
            return bare == null ? piece : bare.changed(piece);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /// Nothing more comes. It goes a little later.
    @Override
    public void close() throws IOException {
        channel.close();
        Thread.ofVirtual().name("fetch-file").start(() -> {
            try {
                Thread.sleep(GRACE);
                Files.deleteIfExists(path);
            } catch (InterruptedException | IOException e) {
                Thread.currentThread().interrupt(); // it goes when the server starts again
            }
        });
    }
}
