package entrepot.store.memory;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.store.BlobStore;
import entrepot.store.BrokeOffException;
import entrepot.store.NoSuchBlobException;
import entrepot.store.StorageFullException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Blobs that go with the process. For tests.
public final class MemoryBlobStore implements BlobStore {

    private final Map<BlobKey, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<BlobKey, Instant> written = new ConcurrentHashMap<>();

    @Override
    public void create(BlobKey key) throws IOException {
        written.put(key, Instant.now());
        if (blobs.putIfAbsent(key, new byte[0]) != null) {
            throw new FileAlreadyExistsException(key.value());
        }
    }

    @Override
    public Progress append(BlobKey key, Progress from, Content bytes) throws IOException {
        var grown = new ByteArrayOutputStream();
        grown.write(beginning(key, from.length()));
        try {
            bytes.writeTo(Channels.newChannel(grown));
        } catch (StorageFullException e) {
            throw e;
        } catch (IOException e) {
            put(key, grown.toByteArray());
            throw new BrokeOffException(Progress.of(grown.size()), e);
        }
        put(key, grown.toByteArray());
        return Progress.of(grown.size());
    }

    private byte[] beginning(BlobKey key, long length) throws NoSuchBlobException {
        var bytes = bytes(key);
        if (bytes.length < length) {
            throw new NoSuchBlobException(key, bytes.length, length);
        }
        return Arrays.copyOf(bytes, Math.toIntExact(length));
    }

    @Override
    public Progress upTo(BlobKey key, Progress progress, long length) throws IOException {
        return Progress.of(Math.min(bytes(key).length, Math.min(length, progress.length())));
    }

    @Override
    public void seal(BlobKey key, Progress progress) throws IOException {
        put(key, beginning(key, progress.length()));
    }

    @Override
    public OptionalLong size(BlobKey key) {
        var bytes = blobs.get(key);
        return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes.length);
    }

    @Override
    public Content open(BlobKey key, long size, long from, long length) throws IOException {
        var bytes = bytes(key);
        if (bytes.length != size) {
            throw new NoSuchBlobException(key, bytes.length, size);
        }
        return new Content.Bytes(Arrays.copyOfRange(bytes, Math.toIntExact(from), Math.toIntExact(from + length)));
    }

    @Override
    public void delete(BlobKey key) {
        blobs.remove(key);
        written.remove(key);
    }

    @Override
    public Stream<Lying> listed() {
        return blobs.entrySet().stream().map(each -> lying(each.getKey(), each.getValue().length));
    }

    private Lying lying(BlobKey key, int size) {
        return new Lying(key.value(), key, size, written.getOrDefault(key, Instant.EPOCH));
    }

    private void put(BlobKey key, byte[] bytes) {
        written.put(key, Instant.now());
        blobs.put(key, bytes);
    }

    private byte[] bytes(BlobKey key) throws NoSuchBlobException {
        var bytes = blobs.get(key);
        if (bytes == null) {
            throw new NoSuchBlobException(key);
        }
        return bytes;
    }
}
