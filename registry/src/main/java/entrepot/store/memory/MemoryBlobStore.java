package entrepot.store.memory;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.store.BlobStore;
import entrepot.store.NoSuchBlobException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Blobs that go with the process. For tests.
public final class MemoryBlobStore implements BlobStore {

    private final Map<BlobKey, byte[]> blobs = new ConcurrentHashMap<>();

    @Override
    public void create(BlobKey key) throws IOException {
        if (blobs.putIfAbsent(key, new byte[0]) != null) {
            throw new FileAlreadyExistsException(key.value());
        }
    }

    @Override
    public long append(BlobKey key, long offset, Content bytes) throws IOException {
        var before = bytes(key);
        if (before.length < offset) {
            throw new NoSuchBlobException(key);
        }
        var grown = new ByteArrayOutputStream();
        grown.write(before, 0, Math.toIntExact(offset));
        try {
            bytes.writeTo(Channels.newChannel(grown));
        } finally {
            blobs.put(key, grown.toByteArray());
        }
        return grown.size();
    }

    @Override
    public void seal(BlobKey key) throws IOException {
        bytes(key);
    }

    @Override
    public OptionalLong size(BlobKey key) {
        var bytes = blobs.get(key);
        return bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes.length);
    }

    @Override
    public Content open(BlobKey key, long from, long length) throws IOException {
        var bytes = bytes(key);
        if (bytes.length < from + length) {
            throw new NoSuchBlobException(key);
        }
        return new Content.Bytes(Arrays.copyOfRange(bytes, Math.toIntExact(from), Math.toIntExact(from + length)));
    }

    @Override
    public void delete(BlobKey key) {
        blobs.remove(key);
    }

    @Override
    public Stream<BlobKey> keys() {
        return blobs.keySet().stream();
    }

    private byte[] bytes(BlobKey key) throws NoSuchBlobException {
        var bytes = blobs.get(key);
        if (bytes == null) {
            throw new NoSuchBlobException(key);
        }
        return bytes;
    }
}
