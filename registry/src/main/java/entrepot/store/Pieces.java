package entrepot.store;

import entrepot.domain.BlobKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// What there is of blobs on their way, where objects cannot be appended to: parts that lie in the store, and bytes
/// that do not yet. A piece names the one before it, and is never changed: those that a blob's progress names are one
/// chain, whatever others have added meanwhile.
public interface Pieces {

    /// Adds one, which is not there yet.
    ///
    /// @param bytes none of a part that lies in the store
    void add(BlobKey key, Piece piece, byte[] bytes);

    /// Those of a blob, in no order.
    List<Piece> of(BlobKey key);

    Optional<byte[]> bytes(BlobKey key, String id);

    /// Removes the bytes that are before this one, since they are in parts now.
    void forgetBytesBefore(BlobKey key, long end);

    /// Removes all that begin at this byte or later.
    void forgetFrom(BlobKey key, long firstByte);

    /// Removes all that these blobs have.
    void forget(Collection<BlobKey> keys);

    /// Some bytes.
    ///
    /// @param previous the id of the piece before it; empty for the first one
    /// @param number of the part; 0 for bytes that are in none
    /// @param tag what the store calls the part
    record Piece(String id, String previous, long firstByte, long length, int number, String tag) {

        /// The number of what is no piece, but says what the store calls the whole of a blob's parts.
        public static final int WHOLE = -1;

        public long end() {
            return firstByte + length;
        }

        public boolean isPart() {
            return number > 0;
        }
    }
}
