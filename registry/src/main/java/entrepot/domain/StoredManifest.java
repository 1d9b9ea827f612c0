package entrepot.domain;

import java.io.InputStream;
import java.util.Optional;

/// A manifest that is left where it is stored, and read piece by piece. Its bytes never change; they may be gone.
public record StoredManifest(int length, Source source) implements ManifestContent {

    private static final int PIECE = 256 << 10;

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

    /// So many bytes of it, or fewer at its end.
    ///
    /// @throws Gone if they are not there any more
    public byte[] read(int offset, int most) {
        var count = Math.min(most, length - offset);
        return source.read(offset, count).filter(bytes -> bytes.length == count).orElseThrow(Gone::new);
    }

    /// All the bytes, of which 256 KiB at a time are in memory. Reading fails with [Gone].
    public InputStream open() {
        return new Pieces();
    }

    private final class Pieces extends InputStream {
        private byte[] piece = new byte[0];
        private int next;
        private int done;

        @Override
        public int read() {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int most) {
            if (next == piece.length && done == length) {
                return -1;
            }
            if (next == piece.length) {
                piece = StoredManifest.this.read(done, PIECE);
                done += piece.length;
                next = 0;
            }
            var count = Math.min(most, piece.length - next);
            System.arraycopy(piece, next, target, offset, count);
            next += count;
            return count;
        }
    }
}
