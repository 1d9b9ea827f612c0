package entrepot.store.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Set;

/// The file of the key that seals the secrets of a store: 32 random bytes in Base64, for its owner alone.
///
/// @param file beside the database, `<data>/server.key`
public record ServerKey(Path file) {

    public static ServerKey beside(Path database) {
        return new ServerKey(database.resolveSibling("server.key"));
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /// The key, from its file.
    ///
    /// @throws IOException if the file cannot be read, or has no key
    public SecretBox read() throws IOException {
        try {
            return SecretBox.of(
                    Base64.getDecoder().decode(Files.readString(file, US_ASCII).strip()));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " does not hold a server key", e);
        }
    }

    /// Makes the file, which is durable when this returns.
    public SecretBox create() throws IOException {
        var key = SecretBox.randomBytes(SecretBox.KEY_BYTES);
        var next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(next, options, ownerOnly)) {
            channel.write(US_ASCII.encode(Base64.getEncoder().encodeToString(key) + "\n"));
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent())) {
            folder.force(true);
        }
        return SecretBox.of(key);
    }
}
