package entrepot.lifecycle;

import entrepot.domain.Digest;
import entrepot.domain.StorageClass;
import entrepot.domain.Tag;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An image of a repository, as its lifecycle policy sees it.
///
/// @param id grows with each push of a new digest
public record LifecycleImage(long id, Digest digest, Set<Tag> tags, StorageClass storageClass, Times times, Ties ties) {

    /// When something happened to it last; null for what never did.
    ///
    /// @param pushedAt the first push of its digest
    /// @param activatedAt when it was restored from the archive
    public record Times(
            Instant pushedAt,
            @Nullable Instant pulledAt,
            @Nullable Instant activatedAt,
            @Nullable Instant archivedAt) {

        /// Of an image that was only pushed.
        public static Times ofPush(Instant pushedAt) {
            return new Times(pushedAt, null, null, null);
        }

        /// By this images are older or newer: a restored one is as new as its restoration.
        Instant effective() {
            return activatedAt == null ? pushedAt : activatedAt;
        }

        /// When it was pulled, for what no pull was recorded of since it came.
        Instant used() {
            return pulledAt == null || (activatedAt != null && pulledAt.isBefore(activatedAt)) ? effective() : pulledAt;
        }
    }

    /// What binds it to other images of its repository.
    ///
    /// @param parents the ids of the lists that name it
    /// @param subject the id of the image that it is about; null if it is about none that is there
    /// @param isOrphan whether what it is about was there and has been deleted
    public record Ties(Set<Long> parents, @Nullable Long subject, boolean isOrphan) {

        public static final Ties NONE = new Ties(Set.of(), null, false);

        public Ties {
            parents = Set.copyOf(parents);
        }
    }

    public LifecycleImage {
        tags = Set.copyOf(tags);
    }

    /// Whether all that was decided by is still so; lists that name it may have come or gone.
    public boolean isAsSeen(LifecycleImage seen) {
        return id == seen.id && tags.equals(seen.tags) && storageClass == seen.storageClass && times.equals(seen.times);
    }
}
