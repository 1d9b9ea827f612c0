package entrepot.store;

import entrepot.domain.BlobKey;
import entrepot.store.Layers.Blob;
import java.util.List;
import java.util.Optional;

/// Where the bytes of layers lie: in the archive, if only archived images use them, once they were brought there.
/// docs/decisions/0038-archive.md tells how they are moved.
public interface ArchivedBlobs {

    /// The ids of blobs that may lie in the wrong place.
    List<Long> looks(int limit);

    /// What there is to know of one; empty if it is not there any more.
    Optional<Lying> lying(long blob);

    /// Nobody has its looks until the transaction ends; what is looked at after that is what those saw who made them.
    Looks hold(long blob);

    /// It was looked at, and lies where it is to. A look that has come since is left.
    void settle(Looks held);

    /// Its bytes lie there from now on, and those that it had are in nobody's use. The bytes under the new key were to
    /// be deleted until now.
    ///
    /// @param seen as it was when they were copied
    /// @throws LostRaceException if it is not so any more, or the new bytes may have been deleted
    void moved(Blob seen, BlobKey to, boolean archived);

    /// Looks at the layers of so many images that are not active, those above this id, and gives the last one's; empty
    /// if there are none.
    Optional<Long> lookAtImages(long after, int limit);

    /// The same of blobs that lie in the archive.
    Optional<Long> lookAtBlobs(long after, int limit);

    /// The keys of so many blobs that lie in the archive, if there are as many.
    List<BlobKey> keys(int limit);

    /// Why a blob is looked at.
    ///
    /// @param manifests the ids of the images whose changes are the reasons; 0 for none
    record Looks(long blob, List<Long> manifests) {}

    /// A blob.
    ///
    /// @param isArchived whether it lies in the archive
    /// @param belongsThere whether only archived images use it
    record Lying(Blob blob, boolean isArchived, boolean belongsThere) {}
}
