package entrepot.store;

import entrepot.domain.BlobKey;
import entrepot.domain.Digest;
import entrepot.domain.LayerUpload;
import entrepot.domain.UploadId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The uploads of all repositories, open and lately completed.
public interface Uploads {

    void create(LayerUpload upload);

    Optional<LayerUpload> find(UploadId id);

    /// Writes the upload as it is now, if it still is as it was seen, by its turn, its parts, its end, and when it was
    /// touched last. Says whether it did. Of one that is completed no part is remembered.
    boolean advance(LayerUpload seen, LayerUpload next);

    /// Removing an absent one is not an error.
    void delete(UploadId id);

    /// Removes the upload if it still is as it was seen, as [#advance] has it. Says whether it did.
    boolean delete(LayerUpload seen);

    /// Remembers a part that came whole, and forgets those that had bytes from its first one on.
    void add(UploadId id, Part part);

    /// The part that ended with this byte, if it is remembered.
    Optional<Part> part(UploadId id, long lastByte);

    /// Whether the bytes of an upload, open or completed, lie here.
    boolean isOf(BlobKey key);

    /// How many uploads the principal has open, counted no further than `atMost`.
    int countOpen(String principal, int atMost);

    /// How many uploads anybody has open, counted no further than `atMost`.
    int countOpen(int atMost);

    /// How many bytes count of the uploads that the principal has open.
    long openBytes(String principal);

    /// Uploads, open or completed, that nothing has touched since `before`; longest untouched first.
    List<LayerUpload> untouchedSince(Instant before, int limit);

    /// Some bytes of an upload that came together, so that they are known when they come again.
    record Part(long firstByte, long lastByte, Digest digest) {}
}
