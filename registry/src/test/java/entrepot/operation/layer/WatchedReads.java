package entrepot.operation.layer;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Metered;
import entrepot.store.BlobStore;
import entrepot.store.ForwardedBlobs;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A blob store that counts the bytes that are read.
final class WatchedReads extends ForwardedBlobs implements Metered.Meter {

    private long read;

    WatchedReads(BlobStore store) {
        super(store);
    }

    /// Since the last time.
    long bytes() {
        var bytes = read;
        read = 0;
        return bytes;
    }

    @Override
    public void after(ByteBuffer bytes) {
        read += bytes.remaining();
    }

    @Override
    public Content open(BlobKey key, long size, long from, long length) throws IOException {
        return new Metered(super.open(key, size, from, length), this);
    }
}
