package entrepot.store.watched;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.store.BlobStore;
import entrepot.watch.Watch;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
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
    public Optional<Held> hold(BlobKey key) throws IOException {
        return store.hold(key);
    }

    @Override
    public void create(BlobKey key) throws IOException {
        told.act("blobs.create", () -> store.create(key));
    }

    @Override
    public Progress append(BlobKey key, Progress from, Content bytes) throws IOException {
        return told.call("blobs.append", () -> store.append(key, from, bytes));
    }

    @Override
    public Progress upTo(BlobKey key, Progress progress, long length) throws IOException {
        return told.call("blobs.up-to", () -> store.upTo(key, progress, length));
    }

    @Override
    public void seal(BlobKey key, Progress progress) throws IOException {
        told.act("blobs.seal", () -> store.seal(key, progress));
    }

    @Override
    public OptionalLong size(BlobKey key) throws IOException {
        return told.call("blobs.size", () -> store.size(key));
    }

    @Override
    public Content open(BlobKey key, long size, long from, long length) throws IOException {
        return told.call("blobs.open", () -> store.open(key, size, from, length));
    }

    @Override
    public boolean isLocal() {
        return store.isLocal();
    }

    @Override
    public Optional<URI> directUrl(BlobKey key, Duration lifetime) throws IOException {
        return store.directUrl(key, lifetime);
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        told.act("blobs.delete", () -> store.delete(key));
    }

    @Override
    public Map<BlobKey, IOException> deleteAll(List<BlobKey> keys) {
        return told.call("blobs.delete-all", () -> store.deleteAll(keys));
    }

    @Override
    public void endUnfinished(Instant before, Predicate<BlobKey> isWanted) throws IOException {
        told.act("blobs.end-unfinished", () -> store.endUnfinished(before, isWanted));
    }

    @Override
    public Stream<BlobKey> keys() throws IOException {
        return told.call("blobs.keys", store::keys);
    }

    @Override
    public Stream<Lying> listed() throws IOException {
        return told.call("blobs.listed", store::listed);
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
