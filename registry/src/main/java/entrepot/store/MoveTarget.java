package entrepot.store;

import entrepot.domain.BlobKey;
import entrepot.store.Layers.Blob;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The place that a registry is moved into. It is nobody's to serve from [#begin] until [#take] has returned. Which
/// blobs came outlives this process; the rows come all at once. Used by one thread at a time.
///
/// Whatever fails here fails with UncheckedIOException.
public interface MoveTarget extends AutoCloseable {

    /// Of the processes besides this one that have the place open the one that said so last; empty if none is known.
    Optional<Occupant> inUse();

    /// Whether nothing of a registry is here.
    boolean isEmpty();

    /// The [MoveSource#id] of the registry whose move was begun here, and has not ended.
    Optional<String> begun();

    /// A move of this registry begins.
    void begin(String source);

    /// Those of the keys whose blobs came.
    Set<BlobKey> arrived(Collection<BlobKey> keys);

    /// These blobs came whole, and are durable.
    void arrive(Collection<BlobKey> keys);

    /// These blobs do not come, since their bytes are not what they were where they lie: the rows that name them are
    /// taken all the same, and marked.
    ///
    /// @param damage what is wrong with each, in words
    void lack(Map<BlobKey, String> damage);

    /// These blobs are whole here, whatever was known of them where they lay: their marks of damage are dropped. Other
    /// marks go along, since bytes that nobody opened may be what they say.
    void whole(Collection<BlobKey> keys);

    /// Takes all rows in, and ends the move; nothing of them is here if this fails, as it does where they name a blob
    /// that did not come and does not [#lack].
    ///
    /// @param look sees the registry as it is to be, and fails where that is not right
    Moved take(MoveSource source, Consumer<Transaction> look);

    /// Takes all rows in before the blobs have come that they name; [#end] ends the move.
    void bring(MoveSource source);

    /// Those of these keys came before that rows name which are here.
    void arriveNamed(Collection<BlobKey> keys);

    /// Of the blobs that rows name which are here, those with larger keys, in the order of keys.
    ///
    /// @param after a key, or nothing
    List<Blob> blobs(String after, int limit);

    /// How many of those did not come, and how large they are.
    Lacking lacking();

    /// The same as [#take], of rows that are here.
    Moved end(Consumer<Transaction> look);

    /// Blobs that are to come.
    ///
    /// @param bytes of blobs, as they have their digests
    record Lacking(long blobs, long bytes) {}

    @Override
    void close();

    /// What was moved.
    ///
    /// @param bytes of blobs, as they have their digests
    record Moved(long repositories, long images, long blobs, long bytes) {}
}
