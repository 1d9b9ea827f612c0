package entrepot.operation.cache;

import entrepot.store.Reserve;
import entrepot.upstream.BlobStream;
import java.nio.ByteBuffer;

/// What comes of a layer goes into a file, on a thread of its own, until it is closed.
record Reading(BlobStream from, Thread thread) implements AutoCloseable {

    private static final int PIECE = 128 << 10;

    /// How often it is seen whether there is room on the disk, in bytes.
    private static final int BETWEEN_LOOKS = 64 << 20;

    static Reading begin(BlobStream from, FetchFile into, BlobFetch fetch, Reserve reserve) {
        return new Reading(
                from, Thread.ofVirtual().name("upstream-layer").start(() -> read(from, into, fetch, reserve)));
    }

    /// Where it is ended from outside, the reason is told by who ended it.
    private static void read(BlobStream from, FetchFile into, BlobFetch fetch, Reserve reserve) {
        try {
            var piece = new byte[PIECE];
            var unseen = 0;
            for (int count; (count = from.read(piece, 0, piece.length)) >= 0; ) {
                into.write(ByteBuffer.wrap(piece, 0, count));
                fetch.wrote(count);
                unseen += count;
                if (unseen >= BETWEEN_LOOKS) {
                    reserve.require();
                    unseen = 0;
                }
            }
            fetch.ended();
        } catch (Throwable e) { // told to whoever waits
            if (!from.isClosed()) {
                fetch.fail(e);
            }
        }
    }

    /// Ends it, if it has not come to its end.
    @Override
    public void close() {
        from.close();
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
