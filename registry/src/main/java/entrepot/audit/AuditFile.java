package entrepot.audit;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file that lines are added to, for its owner alone. When it was moved away, as logrotate does, a new one is made
/// in its place within a second.
final class AuditFile implements AuditOutput {

    private static final Duration LOOKS_AGAIN_AFTER = Duration.ofSeconds(1);

    private final Path path;
    private FileChannel channel;
    private @Nullable Object key;
    private long lookedAt = System.nanoTime();

    /// Makes the file if it is not there.
    AuditFile(Path path) throws IOException {
        this.path = path;
        this.channel = open(path);
        this.key = key();
    }

    @Override
    public void write(ByteBuffer lines) throws IOException {
        if (System.nanoTime() - lookedAt >= LOOKS_AGAIN_AFTER.toNanos()) {
            follow();
        }
        while (lines.hasRemaining()) {
            channel.write(lines);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void follow() throws IOException {
        if (!channel.isOpen() || !Objects.equals(key, key())) {
            channel.close();
            channel = open(path);
            key = key();
        }
        lookedAt = System.nanoTime();
    }

    private @Nullable Object key() throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static FileChannel open(Path path) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return FileChannel.open(path, Set.of(CREATE, WRITE, APPEND), ownerOnly);
    }
}
