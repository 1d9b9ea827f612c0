package entrepot.store.tiered;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.store.BlobStore;
import entrepot.store.NoSuchBlobException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Blobs in one place, and those in the archive: whoever reads need not know where one lies, since a key is in one of
/// them alone. What is new goes to the first.
///
/// @param archive is there to be read and deleted from here; who brings blobs there writes to it itself
public record TieredBlobStore(BlobStore first, BlobStore archive) implements BlobStore {

    @Override
    public Optional<Held> hold(BlobKey key) throws IOException {
        return first.hold(key);
    }

    @Override
    public void create(BlobKey key) throws IOException {
        first.create(key);
    }

    @Override
    public Progress append(BlobKey key, Progress from, Content bytes) throws IOException {
        return first.append(key, from, bytes);
    }

    @Override
    public Progress upTo(BlobKey key, Progress progress, long length) throws IOException {
        return first.upTo(key, progress, length);
    }

    @Override
    public void seal(BlobKey key, Progress progress) throws IOException {
        first.seal(key, progress);
    }

    @Override
    public OptionalLong size(BlobKey key) throws IOException {
        var size = first.size(key);
        return size.isPresent() ? size : archive.size(key);
    }

    @Override
    public Content open(BlobKey key, long size, long from, long length) throws IOException {
        try {
            return first.open(key, size, from, length);
        } catch (NoSuchBlobException e) {
            if (archive.size(key).isEmpty()) {
                throw e;
            }
            return archive.open(key, size, from, length);
        }
    }

    @Override
    public boolean isLocal() {
        return first.isLocal() && archive.isLocal();
    }

    @Override
    public Optional<URI> directUrl(BlobKey key, Duration lifetime) throws IOException {
        return first.size(key).isPresent() ? first.directUrl(key, lifetime) : archive.directUrl(key, lifetime);
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        first.delete(key);
        archive.delete(key);
    }

    @Override
    public Map<BlobKey, IOException> deleteAll(List<BlobKey> keys) {
        var failures = new HashMap<>(archive.deleteAll(keys));
        failures.putAll(first.deleteAll(keys));
        return failures;
    }

    @Override
    public void endUnfinished(Instant before, Predicate<BlobKey> isWanted) throws IOException {
        first.endUnfinished(before, isWanted);
        archive.endUnfinished(before, isWanted);
    }

    @Override
    public Stream<BlobKey> keys() throws IOException {
        return Stream.concat(first.keys(), archive.keys());
    }

    @Override
    public Stream<Lying> listed() throws IOException {
        return Stream.concat(first.listed(), archive.listed());
    }

    /// Of the first: while the archive is away, what is pushed and pulled is not in it.
    @Override
    public void check() throws IOException {
        first.check();
    }

    @Override
    public Map<String, BooleanSupplier> breakers() {
        return first.breakers();
    }

    @Override
    public String toString() {
        return "%s, archived ones: %s".formatted(first, archive);
    }

    @Override
    public void close() {
        first.close();
        archive.close();
    }
}
