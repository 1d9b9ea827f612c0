package entrepot.check;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.store.BlobStore;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Something happens to a blob between the look at its row and the look at its bytes.
record ReplacedWhileRead(BlobStore inner, Runnable happening) implements BlobStore {

    @Override
    public OptionalLong size(BlobKey key) throws IOException {
        happening.run();
        return inner.size(key);
    }

    @Override
    public Content open(BlobKey key, long from, long length) throws IOException {
        return inner.open(key, from, length);
    }

    @Override
    public void create(BlobKey key) throws IOException {
        inner.create(key);
    }

    @Override
    public long append(BlobKey key, long offset, Content bytes) throws IOException {
        return inner.append(key, offset, bytes);
    }

    @Override
    public void seal(BlobKey key) throws IOException {
        inner.seal(key);
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        inner.delete(key);
    }

    @Override
    public Stream<BlobKey> keys() throws IOException {
        return inner.keys();
    }
}
