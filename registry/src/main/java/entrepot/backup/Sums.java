package entrepot.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import entrepot.domain.BlobKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The lines of a file of [Sum]s, one after the other, in the order of keys.
final class Sums implements AutoCloseable {

    private final BufferedReader lines;
    private @Nullable Sum next;

    Sums(Path file) throws IOException {
        lines = Files.newBufferedReader(file, US_ASCII);
        read();
    }

    /// Empty at the end.
    Optional<Sum> peek() {
        return Optional.ofNullable(next);
    }

    /// The one of [#peek] has been seen.
    void read() throws IOException {
        var line = lines.readLine();
        next = line == null ? null : Sum.of(line);
    }

    /// That of a key, which is larger than the one before that was asked for.
    Optional<Sum> of(BlobKey key) throws IOException {
        while (next != null && next.key().compareTo(key) < 0) {
            read();
        }
        return peek().filter(sum -> sum.key().equals(key));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
