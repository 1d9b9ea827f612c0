package entrepot.store.watched;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.store.BlobStore;
import entrepot.watch.Watch;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Blobs, each call for which is told to a watch. What is opened is taken later, and not told.
public final class WatchedBlobs implements BlobStore {

    private final BlobStore store;
    private final Told told;

    public WatchedBlobs(BlobStore store, Watch watch) {
        this.store = store;
        this.told = new Told(watch);
    }

    @Override
    public void create(BlobKey key) throws IOException {
        told.act("blobs.create", () -> store.create(key));
    }

    @Override
    public long append(BlobKey key, long offset, Content bytes) throws IOException {
        return told.<Long, IOException>call("blobs.append", () -> store.append(key, offset, bytes));
    }

    @Override
    public void seal(BlobKey key) throws IOException {
        told.act("blobs.seal", () -> store.seal(key));
    }

    @Override
    public OptionalLong size(BlobKey key) throws IOException {
        return told.call("blobs.size", () -> store.size(key));
    }

    @Override
    public Content open(BlobKey key, long from, long length) throws IOException {
        return told.call("blobs.open", () -> store.open(key, from, length));
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        told.act("blobs.delete", () -> store.delete(key));
    }

    @Override
    public Stream<BlobKey> keys() throws IOException {
        return told.call("blobs.keys", store::keys);
    }

    @Override
    public void check() throws IOException {
        store.check();
    }

    @Override
    public Map<String, BooleanSupplier> breakers() {
        return store.breakers();
    }

    @Override
    public void close() {
        store.close();
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
