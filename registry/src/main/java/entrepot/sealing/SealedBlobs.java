package entrepot.sealing;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.store.BlobStore;
import entrepot.store.NoSuchBlobException;
import entrepot.store.StorageFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Blobs that lie sealed in another store: whoever uses this sees the bytes, and that store never does. Their sizes are
/// known without the data key; it is asked for before the first byte is read or written.
///
/// The last segment of a blob that is appended to is not whole; it is read and sealed anew by what comes next. Should
/// the process end meanwhile, its bytes are gone, and the size says so: a blob goes on from its last whole segment.
public final class SealedBlobs implements BlobStore {

    /// Not those of pulls: who sends slowly is in nobody's way who pulls.
    private static final Openings APPENDS = Openings.ofHeap();

    private final BlobStore store;
    private final Supplier<byte[]> dataKey;
    private final boolean ended;
    private final Openings appends;

    /// @param dataKey of 32 bytes, asked for whenever it is needed, and wiped then
    public SealedBlobs(BlobStore store, Supplier<byte[]> dataKey) {
        this(store, dataKey, false, APPENDS);
    }

    SealedBlobs(BlobStore store, Supplier<byte[]> dataKey, boolean ended, Openings appends) {
        this.store = store;
        this.dataKey = dataKey;
        this.ended = ended;
        this.appends = appends;
    }

    /// The same for blobs that [#seal] ended: one that lacks its end is damaged.
    public SealedBlobs ended() {
        return new SealedBlobs(store, dataKey, true, appends);
    }

    @Override
    public void create(BlobKey key) throws IOException {
        store.create(key);
    }

    @Override
    public long append(BlobKey key, long offset, Content bytes) throws IOException {
        if (size(key).orElse(-1) < offset) {
            throw new NoSuchBlobException(key);
        }
        var segments = segments(key);
        var number = offset / Segments.PLAIN;
        var kept = segment(segments, key, number, (int) (offset % Segments.PLAIN));
        try (var _ = appends.take()) { // before what lies in the store is cut
            return write(segments, key, number, kept, bytes);
        } catch (StorageFullException e) {
            write(segments, key, number, kept, Content.Bytes.EMPTY);
            throw e;
        }
    }

    private long write(Segments segments, BlobKey key, long number, byte[] kept, Content bytes) throws IOException {
        var sealed = new SealedAppend(segments, number, kept, bytes);
        store.append(key, Segments.position(number), sealed);
        return sealed.end();
    }

    /// The first bytes of a segment.
    private byte[] segment(Segments segments, BlobKey key, long number, int length) throws IOException {
        var bytes = new byte[length];
        if (length > 0) {
            new SealedRange(blob(segments, key, size(key).orElseThrow()), number * Segments.PLAIN, length)
                    .writeTo(new Into(ByteBuffer.wrap(bytes)));
        }
        return bytes;
    }

    /// Marks the end, so that no beginning of a blob passes for the whole.
    @Override
    public void seal(BlobKey key) throws IOException {
        var size = size(key).orElseThrow(() -> new NoSuchBlobException(key));
        var number = Math.max(0, size - 1) / Segments.PLAIN;
        var segments = segments(key);
        var last = segment(segments, key, number, (int) (size - number * Segments.PLAIN));
        var sealed = ByteBuffer.allocate(last.length + Segments.OVERHEAD);
        segments.seal(ByteBuffer.wrap(last), number, true, sealed);
        store.append(key, Segments.position(number), new Content.Bytes(sealed.array()));
        store.seal(key);
    }

    /// Of its whole segments; what a process left half written is not counted.
    @Override
    public OptionalLong size(BlobKey key) throws IOException {
        var sealed = store.size(key);
        if (sealed.isEmpty()) {
            return sealed;
        }
        var whole = sealed.getAsLong() / Segments.SEALED;
        var rest = (int) (sealed.getAsLong() % Segments.SEALED);
        return OptionalLong.of(whole * Segments.PLAIN + tail(key, whole, rest));
    }

    private int tail(BlobKey key, long number, int sealed) throws IOException {
        if (sealed < Segments.OVERHEAD) {
            return 0;
        }
        var head = ByteBuffer.allocate(Integer.BYTES);
        store.open(key, Segments.position(number), Integer.BYTES).writeTo(new Into(head));
        var length = Segments.length(head.flip());
        return length == sealed - Segments.OVERHEAD ? length : 0;
    }

    @Override
    public Content open(BlobKey key, long from, long length) throws IOException {
        var size = size(key).orElse(-1);
        if (size < from + length) {
            throw new NoSuchBlobException(key);
        }
        return new SealedRange(blob(segments(key), key, size), from, length);
    }

    private SealedBlob blob(Segments segments, BlobKey key, long size) {
        return new SealedBlob(store, segments, key, size, ended);
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        store.delete(key);
    }

    @Override
    public Stream<BlobKey> keys() throws IOException {
        return store.keys();
    }

    private Segments segments(BlobKey key) {
        return Secret.using(dataKey.get(), bytes -> new Segments(bytes, key.value()));
    }

    @Override
    public String toString() {
        return "sealed " + store;
    }
}
