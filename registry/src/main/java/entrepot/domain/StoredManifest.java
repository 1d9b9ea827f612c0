package entrepot.domain;

import java.io.InputStream;
import java.util.Optional;

/// A manifest that is left where it is stored, and read piece by piece. Its bytes never change; they may be gone.
public record StoredManifest(int length, Source source) implements ManifestContent {

    /// Reads bytes of the manifest; nothing if it is not there any more.
    @FunctionalInterface
    public interface Source {
        Optional<byte[]> read(long offset, int length);
    }

    /// The manifest was deleted after its first bytes had been read.
    public static final class Gone extends RuntimeException {
        Gone() {
            super("the manifest was deleted while it was read");
        }
    }

    /// Reads pieces of so many bytes as they are taken. Reading fails with [Gone] if they are not there any more.
    public InputStream open(int piece) {
        return new ManifestStream(this, piece);
    }

    /// So many bytes of it, or fewer at its end.
    ///
    /// @throws Gone if they are not there any more
    public byte[] read(int offset, int most) {
        var count = Math.min(most, length - offset);
        return source.read(offset, count).filter(bytes -> bytes.length == count).orElseThrow(Gone::new);
    }
}
