package entrepot.operation.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;

/// What has come of a layer, for those who read it while it comes. Written by one thread; each reader opens it for
/// itself, since one that is interrupted closes its channel.
record FetchFile(Path path, FileChannel channel) implements AutoCloseable {

    /// Whoever was told of it has begun to read it by then.
    private static final Duration GRACE = Duration.ofSeconds(60);

    static FetchFile make(Path folder) throws IOException {
        Files.createDirectories(folder);
        var path = folder.resolve("fetch-" + UUID.randomUUID());
        return new FetchFile(path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
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
