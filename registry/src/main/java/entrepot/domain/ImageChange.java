package entrepot.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that happened to an image, or to tags of it.
///
/// @param image as it is stored; of [Kind#DELETE] and [Kind#EXPIRE], as it was
/// @param tags those that it is about: of a push the ones it came with, of a deletion the ones that went with it
/// @param principal the ARN of who did it, `anonymous`, or `lifecycle` for a policy's run
/// @param from the registry that it was replicated from; null if it was made here
/// @param pusher who pushed it, where somebody did; null for what the registry itself does or brings
public record ImageChange(
        Kind kind,
        Repository repository,
        StoredImage image,
        List<Tag> tags,
        String principal,
        Instant at,
        @Nullable RegistryId from,
        @Nullable Pusher pusher) {

    /// One that was made here.
    public ImageChange(
            Kind kind, Repository repository, StoredImage image, List<Tag> tags, String principal, Instant at) {
        this(kind, repository, image, tags, principal, at, null, null);
    }

    public ImageChange {
        tags = List.copyOf(tags);
    }

    /// What happened. A tag that is moved is told once, as given to the image that has it then.
    public enum Kind {
        PUSH,
        TAG,
        UNTAG,
        DELETE,
        EXPIRE,
        ARCHIVE,
        RESTORE;

        /// Whether there is an image to be had afterwards that was not, or not by these tags.
        public boolean brings() {
            return this == PUSH || this == TAG || this == RESTORE;
        }

        /// Whether there is less to be had.
        public boolean deletes() {
            return this == UNTAG || this == DELETE || this == EXPIRE;
        }
    }
}
