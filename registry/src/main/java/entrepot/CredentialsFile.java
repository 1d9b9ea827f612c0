package entrepot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One access key in the format that all of AWS's clients read. Nobody but its owner can read the file at any moment,
/// and after a power loss it is whole or not there.
///
/// Source: AWS SDKs and Tools Reference Guide, "Using shared config and credentials files".
///
/// @param path where clients find it
public record CredentialsFile(Path path) {

    private static final Pattern SETTING = Pattern.compile("\\s*([a-z_]+)\\s*=\\s*(\\S+)\\s*");

    /// An access key's id and secret.
    public record Credentials(String id, String secret) {
        /// Without the secret, so that no log can hold it.
        @Override
        public String toString() {
            return "Credentials[" + id + "]";
        }
    }

    /// The key of profile `[default]`; empty if there is no file.
    ///
    /// @throws IOException if the file cannot be read, or has no such key
    public Optional<Credentials> read() throws IOException {
        try {
            var profile = new Profile();
            Files.readAllLines(path).forEach(profile::line);
            return Optional.of(profile.credentials(path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// Writes the file. One that is there is respected: this fails. The region is for clients that have none set.
    public void write(Credentials credentials, String region) throws IOException {
        if (Files.exists(path)) {
            throw new IOException(path + " is there already");
        }
        var next = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(next);
        writeDurably(next, """
                [default]
                aws_access_key_id = %s
                aws_secret_access_key = %s
                region = %s
                """.formatted(credentials.id(), credentials.secret(), region));
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
        try (var folder = FileChannel.open(path.toAbsolutePath().getParent())) {
            folder.force(true);
        }
    }

    private static void writeDurably(Path file, String text) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel = FileChannel.open(file, options, ownerOnly)) {
            for (ByteBuffer bytes = UTF_8.encode(text); bytes.hasRemaining(); ) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static final class Profile {
        private boolean isDefault;
        private @Nullable String id;
        private @Nullable String secret;

        void line(String line) {
            if (line.strip().startsWith("[")) {
                isDefault = line.strip().equals("[default]");
            }
            var setting = SETTING.matcher(line);
            if (isDefault && setting.matches()) {
                keep(setting.group(1), setting.group(2));
            }
        }

        private void keep(String name, String value) {
            switch (name) {
                case "aws_access_key_id" -> id = value;
                case "aws_secret_access_key" -> secret = value;
                default -> {} // clients have many more settings
            }
        }

        Credentials credentials(Path file) throws IOException {
            if (id == null || secret == null) {
                throw new IOException(file + " has no access key in profile [default]");
            }
            return new Credentials(id, secret);
        }
    }
}
