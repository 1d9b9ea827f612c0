package entrepot.store;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Bytes by key. A key is made once and never used again; digests, repositories and rights are metadata.
///
/// Keep this small: each method is written once for every backend and tested once in `BlobStoreContract`.
/// Every method fails with [StorageFullException] when there is no room, another IOException for anything else.
public interface BlobStore extends AutoCloseable {

    /// Makes an empty blob. Fails if the key is there already.
    void create(BlobKey key) throws IOException;

    /// Appends at `offset`, which is at most the present length; bytes beyond it are dropped first (they were never
    /// acknowledged). Survives the end of the process when it returns, not of the machine. When `bytes` breaks off,
    /// what came of it stays and [#size] tells how much that is; when the store is full, nothing of it stays.
    ///
    /// @return the new length
    /// @throws NoSuchBlobException if no such key is here
    long append(BlobKey key, long offset, Content bytes) throws IOException;

    /// Durable when it returns, and not to be appended to afterwards. Sealing twice is not an error.
    ///
    /// @throws NoSuchBlobException if no such key is here
    void seal(BlobKey key) throws IOException;

    /// Empty if no such key is here.
    OptionalLong size(BlobKey key) throws IOException;

    /// Part of a blob, sealed or not; it may be written any number of times.
    ///
    /// @throws NoSuchBlobException if no such key is here, or it has fewer bytes
    Content open(BlobKey key, long from, long length) throws IOException;

    /// Removing an absent key is not an error.
    void delete(BlobKey key) throws IOException;

    /// Every key, in no order. Close the stream.
    Stream<BlobKey> keys() throws IOException;

    /// Whether its bytes can be read and written now.
    ///
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
