package entrepot.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What no configuration file and no command line holds: it lies in a file of its own, or in the environment.
public sealed interface Secret {

    /// Without the white space around it.
    ///
    /// @throws IOException if it cannot be read
    String read() throws IOException;

    /// What it is called where it was configured, for people to read.
    String place();

    /// In a file with nothing else in it.
    ///
    /// @param key of the configuration that names the file
    record InFile(Path file, String key) implements Secret {
        @Override
        public String read() throws IOException {
            try {
                return Files.readString(file, UTF_8).strip();
            } catch (IOException e) {
                throw new IOException("%s: %s cannot be read".formatted(key, file), e);
            }
        }

        @Override
        public String place() {
            return "%s: %s".formatted(key, file);
        }
    }

    /// In a variable of the environment.
    record InVariable(String text, String place) implements Secret {
        @Override
        public String read() {
            return text;
        }

        /// Without the secret, so that no log can hold it.
        @Override
        public String toString() {
            return "InVariable[" + place + "]";
        }
    }
}
