package entrepot.job;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.store.BlobStore;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// A blob store of which nothing is wanted but deleting, and where that fails for some keys.
record Undeletable(List<BlobKey> keptKeys) implements BlobStore {

    @Override
    public void delete(BlobKey key) throws IOException {
        if (keptKeys.contains(key)) {
            throw new IOException("no right to it");
        }
    }

    @Override
    public void create(BlobKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Progress append(BlobKey key, Progress from, Content bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Progress upTo(BlobKey key, Progress progress, long length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void seal(BlobKey key, Progress progress) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong size(BlobKey key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Content open(BlobKey key, long size, long from, long length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Stream<Lying> listed() {
        throw new UnsupportedOperationException();
    }
}
