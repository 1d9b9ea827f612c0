package entrepot.sealing;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.store.BlobStore;
import entrepot.store.BrokeOffException;
import entrepot.store.NoSuchBlobException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Blobs that lie sealed in another store: whoever uses this sees the bytes, and that store never does. Their sizes are
/// known without the data key; it is asked for before the first byte is read or written.
///
/// The last segment of a blob that is written to is sealed as the last one once nothing follows. Until then its bytes
/// are in the progress, sealed as well.
public final class SealedBlobs implements BlobStore {

    /// Not those of pulls: who sends slowly is in nobody's way who pulls.
    private static final Openings APPENDS = Openings.ofHeap();

    private final BlobStore store;
    private final Supplier<byte[]> dataKey;
    private final Openings appends;

    /// @param dataKey of 32 bytes, asked for whenever it is needed, and wiped then
    public SealedBlobs(BlobStore store, Supplier<byte[]> dataKey) {
        this(store, dataKey, APPENDS);
    }

    SealedBlobs(BlobStore store, Supplier<byte[]> dataKey, Openings appends) {
        this.store = store;
        this.dataKey = dataKey;
        this.appends = appends;
    }

    @Override
    public Optional<Held> hold(BlobKey key) throws IOException {
        return store.hold(key);
    }

    @Override
    public void create(BlobKey key) throws IOException {
        store.create(key);
    }

    @Override
    public Progress append(BlobKey key, Progress from, Content bytes) throws IOException {
        try (var _ = appends.take()) { // before what lies in the store is cut
            return appendSealed(key, from, bytes);
        }
    }

    private Progress appendSealed(BlobKey key, Progress from, Content bytes) throws IOException {
        var segments = segments(key);
        var so = SealedProgress.of(from);
        var sealed = new SealedAppend(segments, so.number(), so.rest(segments), bytes);
        try {
            return SealedProgress.after(store.append(key, so.below(), sealed), segments, sealed);
        } catch (BrokeOffException e) {
            throw new BrokeOffException(whole(key, segments, sealed, e.progress()), e.source());
        }
    }

    /// What came, where the store below may have part of a segment only.
    private Progress whole(BlobKey key, Segments segments, SealedAppend sealed, Progress below) throws IOException {
        return below.length() == Segments.position(sealed.number())
                ? SealedProgress.after(below, segments, sealed)
                : wholeSegments(key, below, below.length());
    }

    private Progress wholeSegments(BlobKey key, Progress below, long length) throws IOException {
        var whole = Segments.position(length / Segments.SEALED);
        var standing = store.upTo(key, below, whole);
        return standing.length() % Segments.SEALED == 0
                ? SealedProgress.ofWhole(standing)
                : wholeSegments(key, standing, standing.length());
    }

    /// Of whole segments, where it is not all of it.
    @Override
    public Progress upTo(BlobKey key, Progress progress, long length) throws IOException {
        var below = SealedProgress.of(progress).below();
        var standing = store.upTo(key, below, below.length());
        return length >= progress.length() && standing.length() == below.length()
                ? progress
                : wholeSegments(key, standing, Math.min(standing.length(), Segments.position(length / Segments.PLAIN)));
    }

    /// Marks the end, so that no beginning of a blob passes for the whole.
    @Override
    public void seal(BlobKey key, Progress progress) throws IOException {
        var segments = segments(key);
        var so = withRest(key, SealedProgress.of(progress));
        var last = segments.sealed(so.rest(segments), so.number(), true);
        store.seal(key, store.append(key, so.below(), new Content.Bytes(last)));
    }

    /// Where the last segment was lost and nothing followed, the one before it is the last, and is written anew.
    private SealedProgress withRest(BlobKey key, SealedProgress so) throws IOException {
        var number = so.number() - 1;
        if (so.hasRest() || number < 0) {
            return so;
        }
        store.seal(key, so.below());
        var bytes = new byte[Segments.SEALED];
        store.open(key, so.below().length(), Segments.position(number), bytes.length)
                .writeTo(new Into(ByteBuffer.wrap(bytes)));
        var below = store.upTo(key, so.below(), Segments.position(number));
        if (below.length() != Segments.position(number)) {
            throw new NoSuchBlobException(key, below.length(), Segments.position(number));
        }
        return new SealedProgress(number, bytes, below);
    }

    @Override
    public OptionalLong size(BlobKey key) throws IOException {
        var sealed = store.size(key);
        return sealed.isEmpty() ? sealed : OptionalLong.of(Segments.plainLength(sealed.getAsLong()));
    }

    @Override
    public Content open(BlobKey key, long size, long from, long length) throws IOException {
        return new SealedRange(new SealedBlob(store, segments(key), key, size), from, length);
    }

    @Override
    public void delete(BlobKey key) throws IOException {
        store.delete(key);
    }

    @Override
    public Stream<Lying> listed() throws IOException {
        return store.listed();
    }

    private Segments segments(BlobKey key) {
        return Secret.using(dataKey.get(), bytes -> new Segments(bytes, key.value()));
    }

    @Override
    public String toString() {
        return "sealed " + store;
    }
}
