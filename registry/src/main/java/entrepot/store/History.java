package entrepot.store;

import entrepot.domain.Digest;
import entrepot.domain.ImageChange;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What happened to images, and those that were deleted, for as long as they are kept: exactly as they were, with all
/// blobs that they name. docs/decisions/0036-history.md says how.
public interface History {

    /// Writes a change down before its tags are given or taken away. An image that goes is kept as it is.
    void tell(ImageChange change);

    /// The same of a repository as a whole.
    void tell(Repository repository, ImageChange.Kind kind, String principal, Instant at);

    /// What happened in a repository, oldest first.
    ///
    /// @param repository its id
    /// @param tag only what happened to it; null for all
    /// @param after from the one after this; null for the first
    List<Event> events(long repository, @Nullable Tag tag, @Nullable Event after, int limit);

    /// What a tag pointed at then, as far as that is known.
    Optional<Digest> pointedAt(Repository repository, Tag tag, Instant at);

    /// The deleted images of this digest, the one that was deleted last first.
    List<Gone> images(Repository repository, Digest digest);

    /// The deleted images of a repository, the one that was deleted last first.
    ///
    /// @param before from the one before this; null for the last
    List<Gone> gone(Repository repository, @Nullable Gone before, int limit);

    /// The deleted images whose subject this is.
    List<Gone> about(Repository repository, Digest subject);

    /// What else than blobs it names.
    List<Name> names(Gone image);

    /// The tags that went with it, in the order in which it was given them.
    List<Tag> tagsOf(Repository repository, Gone image);

    /// The tags that pointed at it then, in that order, as far as they were taken from it since.
    List<Tag> tagsOf(Repository repository, Gone image, Instant at);

    /// Puts an image back under the id that it had, with the links to its blobs. Its tags are left out. What it named
    /// and did not lack is there.
    ///
    /// @param now when the repository has what it had lost
    StoredImage restore(Repository repository, Gone image, Instant now);

    /// Whether anything has been kept for so long.
    boolean isOlder(Duration keep);

    /// Drops some of what has been kept for so long, whose blobs may then be in nobody's use. Says whether there may be
    /// more.
    boolean drop(Duration keep, int rows);

    /// Something that happened.
    ///
    /// @param tag null for the image as a whole
    /// @param digest null for the repository as a whole
    record Event(
            long id,
            Instant at,
            ImageChange.Kind kind,
            @Nullable Tag tag,
            @Nullable Digest digest,
            String principal) {}

    /// A deleted image.
    ///
    /// @param image as it was
    record Gone(StoredImage image, Instant deletedAt) {

        /// Whether it was there then.
        public boolean wasThere(Instant at) {
            return !image.pushedAt().isAfter(at) && deletedAt.isAfter(at);
        }
    }

    /// What a manifest names that is no blob of its.
    ///
    /// @param isAbsent whether its repository did not have it
    /// @param isBlob whether it is a blob that was lacking, and no manifest
    record Name(Digest digest, boolean isAbsent, boolean isBlob) {}
}
