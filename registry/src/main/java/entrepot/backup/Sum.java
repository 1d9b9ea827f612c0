package entrepot.backup;

import entrepot.domain.BlobKey;
import entrepot.domain.Digest;
import java.io.IOException;
import java.util.Optional;

/// What the bytes of a blob are, as they lie: those of a sealed one can be verified without its key.
///
/// @param size in bytes
record Sum(BlobKey key, long size, Digest digest) {

    /// As it stands in a file, with a line's end.
    String line() {
        return "%s %d %s\n".formatted(key, size, digest);
    }

    /// @throws IOException if the line is none
    static Sum of(String line) throws IOException {
        var parts = line.split(" ", -1);
        var digest = parts.length == 3 ? Digest.find(parts[2]) : Optional.<Digest>empty();
        if (digest.isEmpty() || !BlobKey.isKey(parts[0]) || !parts[1].matches("[0-9]{1,18}")) {
            throw new IOException("not a line of sums: " + line);
        }
        return new Sum(new BlobKey(parts[0]), Long.parseLong(parts[1]), digest.get());
    }
}
