package entrepot.store;

import entrepot.domain.BlobKey;
import entrepot.domain.Digest;
import entrepot.domain.Repository;
import entrepot.domain.StoredLayer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What may be in nobody's use, and since when: written down in the transaction that dropped the use, and looked at
/// again before anything goes. `since` and `until` are in a time of its own ([#now]), which goes on while nodes are up,
/// however their clocks are set. docs/decisions/0031-collection.md has the protocol.
public interface Garbage {

    /// Its time.
    Instant now();

    /// Has its time go on by what has passed, if the last to do so was the same; else nothing passes, and the next time
    /// it does. Says whether it went on.
    boolean advance(String by, Duration passed);

    /// Layers that manifests of their repository may not name.
    Waiting<Link> links();

    /// Blobs that may be in no repository.
    Waiting<Loose> blobs();

    /// Those of the digests that the repository has, also such as are damaged.
    ///
    /// @param young no layer counts as old that was in use so lately
    Map<Digest, Known> find(Repository repository, Collection<Digest> digests, Duration young);

    /// Somebody is told now that the repository has these layers: they stay as if they had come now. Gives those that
    /// it has, which nobody takes away before the transaction ends.
    Map<Digest, StoredLayer> keep(Repository repository, Collection<Digest> digests);

    /// Bytes that may be deleted, by the clock and by its own time, longest due first.
    ///
    /// @param hastened how much earlier than they were to
    List<Discarded> discarded(Instant now, Duration hastened, int limit);

    /// These bytes are deleted, and count as freed if nobody has said so before. Gives those that do.
    List<Discarded> freed(Collection<Discarded> gone);

    /// They could not be deleted, and are tried again after that time of the clock.
    void failed(Discarded bytes, String why, Instant next);

    /// Of those that could not be deleted, no more than `limit`.
    List<Discarded> failed(int limit);

    /// Looks for what nobody has written down, among the next `rows` rows, and does so. Says whether there may be more;
    /// after the last one it begins again.
    boolean walk(int rows);

    /// When [#walk] came to the end last, in the time of [#now]; [Instant#EPOCH] if it never did.
    Instant walked();

    /// How much there is of what.
    Totals totals();

    /// How much waits that has since then at least.
    Amount waiting(Instant until);

    /// How much [#discarded] would give without a limit.
    Amount discarded(Instant now, Duration hastened);

    /// Rows that wait. A row is claimed, then held, then looked at, each in a statement of its own and in this order,
    /// in one guarded transaction: who looks before he holds may miss a use that comes in between.
    interface Waiting<R> {

        /// Rows that have waited since then at least, longest first.
        List<R> due(Instant until, int limit);

        /// Those that still do, and are nobody else's until the transaction ends. What somebody else has is left out.
        List<R> claim(Collection<R> rows, Instant until);

        /// Locks what the rows are about, waiting for nobody.
        Held<R> hold(Collection<R> rows);

        /// Those that are in use, or have been since `until`.
        Set<R> used(Collection<R> rows, Instant until);

        /// Takes away what they are about. It is held, and in nobody's use.
        ///
        /// @param now by the clock
        /// @param stay how long bytes stay that go by this
        void drop(Collection<R> rows, Instant now, Duration stay);

        /// There is nothing more to look at.
        void settle(Collection<R> rows);
    }

    /// What came of holding. What is neither held nor gone is in somebody's hands, and its row is left as it is: only
    /// who holds a layer may make it young, for it may be going.
    ///
    /// @param held by this transaction
    /// @param gone are there no more
    record Held<R>(List<R> held, List<R> gone) {}

    /// A layer in a repository.
    ///
    /// @param manifest which named it; 0 for none
    record Link(long repository, long blob, Instant since, long manifest) {}

    /// A blob.
    record Loose(long blob, Instant since) {}

    /// A layer.
    ///
    /// @param isOld whether it may go so soon that who answers that it is there says so by [#keep]
    record Known(StoredLayer layer, boolean isOld) {}

    /// Bytes that are to be deleted.
    ///
    /// @param size in bytes, as far as it is known
    /// @param tries how often that failed
    /// @param error why it did last; null if it did not
    record Discarded(
            BlobKey key, long size, int tries, @Nullable String error) {}

    /// How much there is.
    ///
    /// @param waiting in nobody's use
    /// @param since when the longest waiting one came out of use; null if none waits
    /// @param kept in use, or to be looked at yet
    /// @param freed ever
    record Totals(Amount waiting, @Nullable Instant since, Amount kept, Amount freed) {}

    /// So many blobs, of so many bytes together.
    record Amount(long blobs, long bytes) {
        public static final Amount NONE = new Amount(0, 0);

        public Amount plus(Amount other) {
            return new Amount(blobs + other.blobs, bytes + other.bytes);
        }
    }
}
