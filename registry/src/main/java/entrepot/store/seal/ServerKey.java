package entrepot.store.seal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/// The key that seals the secrets of a store: 32 random bytes in Base64.
public sealed interface ServerKey {

    /// Empty if it is not there.
    ///
    /// @throws IOException if it cannot be read, or is none
    Optional<SecretBox> find() throws IOException;

    /// Makes it where it is not there; durable when this returns.
    ///
    /// @throws IOException if it cannot be made, or is not ours to make
    SecretBox create() throws IOException;

    /// Where it is, for people to read.
    String place();

    /// One that lies beside the database, and is made with it.
    static ServerKey beside(Path database) {
        return new Own(database.resolveSibling("server.key"));
    }

    /// A new one, as it stands in a file.
    static String random() {
        return Base64.getEncoder().encodeToString(SecretBox.randomBytes(SecretBox.KEY_BYTES));
    }

    private static SecretBox parse(String text, String place) throws IOException {
        try {
            return SecretBox.of(Base64.getDecoder().decode(text.strip()));
        } catch (IllegalArgumentException e) {
            throw new IOException(place + " does not hold a server key", e);
        }
    }

    private static Optional<SecretBox> read(Path file) throws IOException {
        return Files.exists(file)
                ? Optional.of(parse(Files.readString(file, US_ASCII), file.toString()))
                : Optional.empty();
    }

    /// A file that is made when it is needed, for its owner alone.
    record Own(Path file) implements ServerKey {
        @Override
        public Optional<SecretBox> find() throws IOException {
            return read(file);
        }

        @Override
        public SecretBox create() throws IOException {
            var text = random();
            KeyFile.write(file, text);
            return parse(text, place());
        }

        @Override
        public String place() {
            return file.toString();
        }
    }

    /// What all nodes are given.
    ///
    /// @param place what the configuration calls it
    record Given(String text, String place) implements ServerKey {
        @Override
        public Optional<SecretBox> find() throws IOException {
            return Optional.of(parse(text, place));
        }

        @Override
        public SecretBox create() throws IOException {
            return parse(text, place);
        }

        /// Without the key, so that no log can hold it.
        @Override
        public String toString() {
            return "Given[" + place + "]";
        }
    }
}
