package entrepot.sealing;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.store.BlobStore;
import java.io.IOException;
import java.nio.ByteBuffer;

/// One sealed blob, and where its segments lie.
///
/// @param size of the whole blob in the clear
record SealedBlob(BlobStore store, Segments segments, BlobKey key, long size) {

    /// The sealed bytes of the segments from one to before another.
    Content sealed(long first, long end) throws IOException {
        return store.open(
                key, Segments.sealedLength(size), Segments.position(first), end(end) - Segments.position(first));
    }

    /// How many bytes a segment is, sealed.
    int sealedLength(long number) {
        return Math.toIntExact(end(number + 1) - Segments.position(number));
    }

    private long end(long end) {
        return Math.min(Segments.position(end), Segments.sealedLength(size));
    }

    /// Puts a segment's bytes into `plain`.
    void open(ByteBuffer sealed, long number, ByteBuffer plain) throws IOException {
        segments.requireEnd(sealed, number, number == Segments.last(size));
        segments.open(sealed, number, plain);
    }
}
