package entrepot.http.body;

import entrepot.domain.StoredManifest;
import entrepot.http.HeldContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// A stored manifest as an answer. One piece of it is in memory: a short one first, twice as much each time that the
/// client has taken one and there is room. If the manifest is deleted before its end, writing it fails.
final class ManifestPieces implements HeldContent {

    private static final int FIRST = 64 << 10;
    private static final int LONGEST = 512 << 10;

    private final StoredManifest manifest;
    private final Room room;
    private int piece = FIRST;
    private boolean released;

    /// Waits until there is room for the first piece, and fails with `Throttling` where that takes too long.
    ManifestPieces(StoredManifest manifest, Room room) {
        this.manifest = manifest;
        this.room = room;
        room.take(FIRST, 0);
    }

    @Override
    public long length() {
        return manifest.length();
    }

    @Override
    public void writeTo(WritableByteChannel target) throws IOException {
        for (int done = 0; done < manifest.length(); ) {
            var bytes = ByteBuffer.wrap(manifest.read(done, piece));
            done += bytes.remaining();
            while (bytes.hasRemaining()) {
                target.write(bytes);
            }
            grow();
        }
    }

    private synchronized void grow() {
        if (piece < LONGEST && !released && room.tryTake(piece, piece)) {
            piece *= 2;
        }
    }

    @Override
    public synchronized void release() {
        if (!released) {
            released = true;
            room.giveBack(piece);
        }
    }
}
