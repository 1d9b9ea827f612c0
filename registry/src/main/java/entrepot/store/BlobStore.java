package entrepot.store;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Bytes by key. A key is made once and never used again; digests, repositories and rights are metadata. A blob is
/// written by steps, each of which tells how far it has come; whoever writes keeps that, and it is read once it is
/// sealed.
///
/// Keep this small: each method is written once for every backend and tested once in `BlobStoreContract`.
/// Every method fails with [StorageFullException] when there is no room, with [StoreAwayException] when the store
/// cannot be reached now, another IOException for anything else.
public interface BlobStore extends AutoCloseable {

    /// Keeps other processes from writing this blob until closed, or until this process ends; empty while one keeps
    /// this one from it. Where they could do one another no harm, nobody is kept.
    default Optional<Held> hold(BlobKey key) throws IOException {
        return Optional.of(Held.NOTHING);
    }

    /// What others are kept from.
    interface Held extends AutoCloseable {

        /// Where nobody is kept from anything.
        Held NOTHING = () -> {};

        @Override
        void close() throws IOException;
    }

    /// Makes room for a blob, whose progress is [Progress#NONE].
    void create(BlobKey key) throws IOException;

    /// Goes on with these bytes; those beyond `from` that came before are dropped (they were never acknowledged). What
    /// this tells survives the end of the process, and of the node where others share the store.
    ///
    /// @throws BrokeOffException if `bytes` breaks off, with what came of it. Where anything else fails,
    /// nothing of it counts
    /// @throws NoSuchBlobException if no such key is here, or less of it
    Progress append(BlobKey key, Progress from, Content bytes) throws IOException;

    /// Where this blob can be gone on from: its progress as far as it is still there, but no further than `length`.
    ///
    /// @throws NoSuchBlobException if no such key is here
    Progress upTo(BlobKey key, Progress progress, long length) throws IOException;

    /// Durable when it returns, and all that came with this progress, no more. Sealing twice is not an error.
    ///
    /// @throws NoSuchBlobException if no such key is here, or less of it
    void seal(BlobKey key, Progress progress) throws IOException;

    /// Of a sealed blob. Empty if no such key is here.
    OptionalLong size(BlobKey key) throws IOException;

    /// Part of a sealed blob; it may be written any number of times. A store that is asked only then fails then.
    ///
    /// @param size which the whole blob has, or it is damaged
    /// @throws NoSuchBlobException if no such key is here, or it has another size
    Content open(BlobKey key, long size, long from, long length) throws IOException;

    /// Where whoever has this address gets the bytes of a sealed blob as they are; empty where they are not given away.
    default Optional<URI> directUrl(BlobKey key, Duration lifetime) throws IOException {
        return Optional.empty();
    }

    /// Removing an absent key is not an error.
    void delete(BlobKey key) throws IOException;

    /// The same for many.
    ///
    /// @return why those were not removed that were not
    default Map<BlobKey, IOException> deleteAll(List<BlobKey> keys) {
        var failures = new HashMap<BlobKey, IOException>();
        for (var key : keys) {
            try {
                delete(key);
            } catch (IOException e) {
                failures.put(key, e);
            } catch (RuntimeException e) { // one key is no reason to keep the others
                failures.put(key, new IOException(e));
            }
        }
        return failures;
    }

    /// Ends what was begun before this time, has come to no blob, and is not wanted; it takes room that no key shows.
    ///
    /// @param isWanted whether this key's may go on
    default void endUnfinished(Instant before, Predicate<BlobKey> isWanted) throws IOException {}

    /// Every key, in no order; of blobs that are not sealed only where a store keeps those by key. Close the stream.
    @SuppressWarnings("StreamResourceLeak") // the caller closes it
    default Stream<BlobKey> keys() throws IOException {
        return listed().flatMap(lying -> Stream.ofNullable(lying.key()));
    }

    /// The same with what lies among the blobs and is none. What comes or goes meanwhile may be in it or not.
    Stream<Lying> listed() throws IOException;

    /// Something that lies where the blobs are.
    ///
    /// @param name for people, from where the blobs are on
    /// @param key null where it has no name of a blob, or not that blob's place
    /// @param size in bytes, as they lie
    /// @param written when it was written last, by whose clock the store goes by
    record Lying(String name, @Nullable BlobKey key, long size, Instant written) {}

    /// Whether sealed blobs are files here, of which [#open] asks no more than whether they are there.
    default boolean isLocal() {
        return false;
    }

    /// Whether its bytes can be read and written now.
    ///
    /// @throws StoreAwayException if the store cannot be reached
    /// @throws IOException if they cannot, in words that anybody may read
    default void check() throws IOException {}

    /// By what each is a breaker of: whether it is open, so that nothing is asked for a while of what has failed again
    /// and again.
    default Map<String, BooleanSupplier> breakers() {
        return Map.of();
    }

    /// Lets go of what it holds open.
    @Override
    default void close() {}
}
