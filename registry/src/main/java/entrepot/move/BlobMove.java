package entrepot.move;

import entrepot.domain.BlobKey;
import entrepot.store.Layers.Blob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Copies the blobs, several at a time.
final class BlobMove {

    private static final int PAGE = 500;

    /// So much is copied again at most after a kill, but for the blobs that were on their way.
    private static final long REMEMBERED_BYTES = 16L << 20;

    private final Move move;
    private final BlobCopy copy;
    private final AtomicLong damaged = new AtomicLong();
    private final Map<BlobKey, String> lacking = new ConcurrentHashMap<>();
    private final Set<BlobKey> whole = ConcurrentHashMap.newKeySet();
    private final List<BlobKey> arrived = new ArrayList<>();
    private long bytes;

    /// @param goesOn whether half a blob may be there
    BlobMove(Move move, boolean goesOn) {
        this.move = move;
        this.copy =
                new BlobCopy(move.from().blobs(), move.from().vault(), move.to().blobs(), move.progress(), goesOn);
    }

    /// @throws IOException if not all came that must
    void run() throws IOException {
        tellWhatIsAhead();
        try (var threads = new AtOnce()) {
            for (var page = page(0); !page.isEmpty(); page = page(page.getLast().id())) {
                copy(page, threads);
            }
        }
        if (damaged.get() > 0) {
            throw new IOException(
                    damaged.get() + " damaged blobs: push the images that have them again, or delete those,"
                            + " then run this again; of a backup, restore another snapshot");
        }
    }

    /// What is wrong with those that did not come.
    Map<BlobKey, String> lacking() {
        return lacking;
    }

    /// Those that are marked as damaged, and were seen to be whole.
    Set<BlobKey> whole() {
        return whole;
    }

    private void tellWhatIsAhead() {
        long blobs = 0;
        long size = 0;
        for (var page = page(0); !page.isEmpty(); page = page(page.getLast().id())) {
            blobs += page.size();
            size += page.stream().mapToLong(Blob::size).sum();
        }
        move.progress().ahead(blobs, size);
    }

    private List<Blob> page(long after) {
        return move.from().metadata().read(tx -> tx.layers().all(after, PAGE));
    }

    private void copy(List<Blob> page, AtOnce threads) throws IOException {
        var there = move.to().rows().arrived(page.stream().map(Blob::key).toList());
        var works = new ArrayList<Callable<Boolean>>();
        for (var blob : page) {
            if (there.contains(blob.key())) {
                move.progress().bytes(blob.size());
                move.progress().blob();
            } else {
                works.add(() -> copied(blob));
            }
        }
        threads.run(works);
        remember();
    }

    private boolean copied(Blob blob) throws IOException {
        switch (copy.copy(blob)) {
            case BlobCopy.Damaged damage -> {
                lacks(blob, damage.why());
                return false;
            }
            case BlobCopy.Whole came when came.isSeen() && blob.damage() != null -> whole.add(blob.key());
            case BlobCopy.Whole _ -> {}
        }
        move.progress().blob();
        arrived(blob);
        return true;
    }

    private void lacks(Blob blob, String why) {
        var known = move.from().mayLack() ? blob.damage() : null;
        if (known == null) {
            damaged.incrementAndGet();
            move.progress().say("blob %s: %s".formatted(blob.digest(), why));
        } else {
            lacking.put(blob.key(), known);
            move.progress().say("note: blob %s was damaged before: %s".formatted(blob.digest(), known));
        }
    }

    private synchronized void arrived(Blob blob) {
        arrived.add(blob.key());
        bytes += blob.size();
        if (bytes >= REMEMBERED_BYTES) {
            remember();
        }
    }

    private synchronized void remember() {
        move.to().rows().arrive(arrived);
        arrived.clear();
        bytes = 0;
    }
}
