package entrepot.server;

import entrepot.domain.BlobKey;
import entrepot.store.BackupPlace;
import entrepot.store.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/// A place whose blobs come in by a way that a test breaks or watches.
record ForwardedPlace(BackupPlace place, UnaryOperator<BlobStore> way) implements BackupPlace {
    @Override
    public BlobStore blobs() throws IOException {
        return place.blobs();
    }

    @Override
    public BlobStore arriving() throws IOException {
        return way.apply(place.arriving());
    }

    @Override
    public void publish(BlobKey key) throws IOException {
        place.publish(key);
    }

    @Override
    public List<String> names() throws IOException {
        return place.names();
    }

    @Override
    public InputStream read(String name) throws IOException {
        return place.read(name);
    }

    @Override
    public void put(String name, Path file) throws IOException {
        place.put(name, file);
    }

    @Override
    public void delete(String name) throws IOException {
        place.delete(name);
    }

    @Override
    public Path work() throws IOException {
        return place.work();
    }

    @Override
    public void close() throws IOException {
        place.close();
    }
}
