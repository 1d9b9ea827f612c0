package entrepot.store;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import java.io.IOException;
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
    public Content open(BlobKey key, long from, long length) throws IOException {
        return store.open(key, from, length);
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
