package entrepot.folder;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Access keys in the format that all of AWS's clients read. Nobody but its owner can read the file at any moment, and
/// after a power loss it is as before a change or as after it.
///
/// Source: AWS SDKs and Tools Reference Guide, "Using shared config and credentials files".
///
/// @param path where clients find it
public record CredentialsFile(Path path) {

    /// The profile that clients take when they are told of none.
    public static final String DEFAULT = "default";

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
        return Files.exists(path) ? Optional.of(read(DEFAULT)) : Optional.empty();
    }

    /// The key of a profile.
    ///
    /// @throws IOException if the file cannot be read, or has no such key
    public Credentials read(String name) throws IOException {
        var profile = new Profile(name);
        lines().forEach(profile::line);
        return profile.credentials(path);
    }

    /// Gives a profile another key; the rest of the file stays as it is. A profile that is not there is made, with a
    /// region for clients that have none set.
    public void put(String name, Credentials credentials, String region) throws IOException {
        var lines = new ArrayList<String>();
        var profile = new Profile(name);
        for (var line : lines()) {
            profile.line(line);
            if (!profile.isKey(line)) {
                lines.add(line);
            }
            if (profile.begins(line)) {
                lines.addAll(settings(credentials));
            }
        }
        if (!profile.found) {
            lines.add("[%s]".formatted(name));
            lines.addAll(settings(credentials));
            lines.add("region = " + region);
        }
        replace(String.join("\n", lines) + "\n");
    }

    /// The one of a data folder.
    public static CredentialsFile in(Path data) {
        return new CredentialsFile(data.resolve("credentials"));
    }

    /// Has the same as another file, if that is there and this one is not.
    public void bring(CredentialsFile other) throws IOException {
        if (Files.exists(other.path())) {
            bring(Files.readString(other.path()));
        }
    }

    /// Has this text, if it is not there.
    public void bring(String text) throws IOException {
        if (Files.notExists(path)) {
            replace(text);
        }
    }

    /// Takes a profile's key out of the file again; the rest of the file stays as it is. A file with nothing else in it
    /// goes.
    public void remove(String name) throws IOException {
        var profile = new Profile(name);
        var lines = new ArrayList<String>();
        for (var line : lines()) {
            profile.line(line);
            if (!profile.isInside) {
                lines.add(line);
            }
        }
        if (lines.stream().allMatch(String::isBlank)) {
            Files.deleteIfExists(path);
        } else {
            replace(String.join("\n", lines) + "\n");
        }
    }

    private static List<String> settings(Credentials credentials) {
        return List.of("aws_access_key_id = " + credentials.id(), "aws_secret_access_key = " + credentials.secret());
    }

    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(path);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private void replace(String text) throws IOException {
        var next = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(next);
        writeDurably(next, text);
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

    /// One profile, while the file's lines go by.
    private static final class Profile {
        private final String head;
        private boolean found;
        private boolean isInside;
        private @Nullable String id;
        private @Nullable String secret;

        Profile(String name) {
            head = "[" + name + "]";
        }

        boolean begins(String line) {
            return line.strip().equals(head);
        }

        void line(String line) {
            if (line.strip().startsWith("[")) {
                isInside = begins(line);
                found |= isInside;
            }
            var setting = SETTING.matcher(line);
            if (isInside && setting.matches()) {
                keep(setting.group(1), setting.group(2));
            }
        }

        /// Whether the line that went by last is the profile's id or secret.
        boolean isKey(String line) {
            var setting = SETTING.matcher(line);
            return isInside
                    && setting.matches()
                    && (setting.group(1).equals("aws_access_key_id")
                            || setting.group(1).equals("aws_secret_access_key"));
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
                throw new IOException("%s has no access key in profile %s".formatted(file, head));
            }
            return new Credentials(id, secret);
        }
    }
}
