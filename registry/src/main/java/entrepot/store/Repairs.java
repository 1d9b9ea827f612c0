package entrepot.store;

import entrepot.domain.BlobKey;
import entrepot.store.Garbage.Amount;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which bytes are known to be damaged, how far those have come who look for more, and which bytes are anybody's.
public interface Repairs {

    /// The bytes under this key are damaged, and the blob counts as not there for who asks. Where the blob has other
    /// bytes by now, nothing happens. Says whether that is news.
    ///
    /// @param damage in words
    boolean mark(BlobKey key, String damage);

    /// They are whole after all. Says whether that is news.
    boolean unmark(BlobKey key);

    /// How many blobs are damaged.
    long marked();

    /// Damaged blobs, in the order of ids, those above `afterId`.
    List<Layers.Blob> marked(long afterId, int limit);

    /// How many blobs there are. Costs a look at each.
    Amount stored();

    /// Those of the keys that any row names: of a blob, of an upload, of bytes that are to be deleted.
    Set<BlobKey> named(Collection<BlobKey> keys);

    /// How far who has this name has come, if he ever began.
    Optional<Walk> walk(String name);

    /// He has come so far.
    void walked(Walk walk);

    /// How far somebody has come who looks at all blobs, and then at all repositories, each in the order of ids.
    ///
    /// @param ended null while he is not at the end
    /// @param afterBlob the last blob that he has looked at
    /// @param afterRepository the last repository; below 0 while he is at the blobs
    /// @param looked at so far
    record Walk(
            String name, Instant began, @Nullable Instant ended, long afterBlob, long afterRepository, Amount looked) {

        /// From the beginning.
        public static Walk begin(String name, Instant now) {
            return new Walk(name, now, null, 0, -1, Amount.NONE);
        }

        /// Has looked at this blob, too.
        public Walk past(Layers.Blob blob) {
            return new Walk(name, began, null, blob.id(), -1, looked.plus(new Amount(1, blob.size())));
        }

        /// Has looked at this repository, and all before it; 0 for all blobs and no repository yet.
        public Walk pastRepository(long id) {
            return new Walk(name, began, null, afterBlob, id, looked);
        }

        /// Is at the end.
        public Walk end(Instant now) {
            return new Walk(name, began, now, afterBlob, afterRepository, looked);
        }

        public boolean isAtBlobs() {
            return afterRepository < 0;
        }
    }
}
