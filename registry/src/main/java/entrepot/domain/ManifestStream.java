package entrepot.domain;

import java.io.InputStream;

/// The bytes of a stored manifest, of which one piece is in memory.
final class ManifestStream extends InputStream {

    private final StoredManifest manifest;
    private final int most;
    private byte[] piece = {};
    private int taken;
    private int done;

    /// @param most bytes of a piece
    ManifestStream(StoredManifest manifest, int most) {
        this.manifest = manifest;
        this.most = most;
    }

    @Override
    public int read() {
        return hasMore() ? piece[taken++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (!hasMore()) {
            return -1;
        }
        var count = Math.min(length, piece.length - taken);
        System.arraycopy(piece, taken, target, offset, count);
        taken += count;
        return count;
    }

    private boolean hasMore() {
        if (taken == piece.length && done < manifest.length()) {
            piece = manifest.read(done, most);
            done += piece.length;
            taken = 0;
        }
        return taken < piece.length;
    }
}
