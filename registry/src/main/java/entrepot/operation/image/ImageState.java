package entrepot.operation.image;

import entrepot.domain.Digest;
import entrepot.domain.ImageError;
import entrepot.domain.Precondition;
import entrepot.domain.Reference;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.store.Transaction;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What manifests are now, for whoever changes them on a condition. They are looked up in the transaction that changes
/// them, so that of two that mean the same state one comes too late.
///
/// @param condition the state in which a manifest may be changed; null for any
record ImageState(
        Transaction tx, Repository repository, @Nullable Precondition condition) {

    /// Fails unless what is named is in that state.
    void require(Reference reference) {
        if (condition != null && !condition.equals(Precondition.NONE)) {
            require(condition, reference, tx.images().find(repository, reference));
        }
    }

    private void require(Precondition wanted, Reference reference, Optional<StoredImage> image) {
        if (!wanted.holds(image.map(this::digests).orElse(Set.of()))) {
            throw new RegistryException(new ImageError.PreconditionFailed(image.map(StoredImage::digest)
                    .map(digest -> "The precondition is not met: '%s' is %s now".formatted(reference, digest))
                    .orElse("The precondition is not met: there is no '%s' now".formatted(reference))));
        }
    }

    /// Its own, and that of its other form, by which a client may know it.
    private Set<Digest> digests(StoredImage image) {
        var digests = new HashSet<Digest>();
        digests.add(image.digest());
        tx.images().converted(image).ifPresent(digests::add);
        return digests;
    }
}
