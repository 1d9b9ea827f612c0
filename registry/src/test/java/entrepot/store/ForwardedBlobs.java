package entrepot.store;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// A blob store that is another one, but for what a test overrides to watch it or to break it.
public class ForwardedBlobs implements BlobStore {

    private final BlobStore store;

    public ForwardedBlobs(BlobStore store) {
        this.store = store;
    }

    @Override
    public void create(BlobKey key) throws IOException {
        store.create(key);
    }

    @Override
    public Progress append(BlobKey key, Progress from, Content bytes) throws IOException {
        return store.append(key, from, bytes);
    }

    @Override
    public Progress upTo(BlobKey key, Progress progress, long length) throws IOException {
        return store.upTo(key, progress, length);
    }

    @Override
    public void seal(BlobKey key, Progress progress) throws IOException {
        store.seal(key, progress);
    }

    @Override
    public OptionalLong size(BlobKey key) throws IOException {
        return store.size(key);
    }

    @Override
    public Content open(BlobKey key, long size, long from, long length) throws IOException {
        return store.open(key, size, from, length);
    }

    @Override
    public Optional<URI> directUrl(BlobKey key, Duration lifetime) throws IOException {
        return store.directUrl(key, lifetime);
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        store.delete(key);
    }

    @Override
    public Stream<Lying> listed() throws IOException {
        return store.listed();
    }
}
