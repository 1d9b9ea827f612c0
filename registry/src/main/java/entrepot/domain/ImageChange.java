package entrepot.domain;

import java.time.Instant;
import java.util.List;

/// Something that happened to an image, or to tags of it.
///
/// @param image as it is stored; of [Kind#DELETE] and [Kind#EXPIRE], as it was
/// @param tags those that it is about: of a push the ones it came with, of a deletion the ones that went with it
/// @param principal the ARN of who did it, `anonymous`, or `lifecycle` for a policy's run
public record ImageChange(
        Kind kind, Repository repository, StoredImage image, List<Tag> tags, String principal, Instant at) {

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
        RESTORE
    }
}
