package entrepot.operation.layer;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Metered;
import entrepot.store.BlobStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// A blob store that counts the bytes that are read.
final class WatchedReads implements BlobStore, Metered.Meter {

    private final BlobStore store;
    private long read;

    WatchedReads(BlobStore store) {
        this.store = store;
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
    public Content open(BlobKey key, long from, long length) throws IOException {
        return new Metered(store.open(key, from, length), this);
    }

    @Override
    public void create(BlobKey key) throws IOException {
        store.create(key);
    }

    @Override
    public long append(BlobKey key, long offset, Content bytes) throws IOException {
        return store.append(key, offset, bytes);
    }

    @Override
    public void seal(BlobKey key) throws IOException {
        store.seal(key);
    }

    @Override
    public OptionalLong size(BlobKey key) throws IOException {
        return store.size(key);
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        store.delete(key);
    }

    @Override
    public Stream<BlobKey> keys() throws IOException {
        return store.keys();
    }
}
