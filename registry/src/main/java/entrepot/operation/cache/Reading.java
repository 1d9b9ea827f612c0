package entrepot.operation.cache;

import entrepot.upstream.BlobStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/// What comes of a layer goes into a file, on a thread of its own, until it is closed.
record Reading(BlobStream from, Thread thread) implements AutoCloseable {

    private static final int PIECE = 128 << 10;

    static Reading begin(BlobStream from, FetchFile into, BlobFetch fetch) {
        return new Reading(from, Thread.ofVirtual().name("upstream-layer").start(() -> read(from, into, fetch)));
    }

    private static void read(BlobStream from, FetchFile into, BlobFetch fetch) {
        try {
            var piece = new byte[PIECE];
            for (int count; (count = from.read(piece, 0, piece.length)) >= 0; ) {
                into.write(ByteBuffer.wrap(piece, 0, count));
                fetch.wrote(count);
            }
            fetch.ended();
        } catch (IOException | RuntimeException e) {
            fetch.fail(e);
        }
    }

    /// Ends it, if it has not come to its end.
    @Override
    public void close() {
        from.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
