package entrepot.domain;

import java.time.Instant;
import java.util.List;

/// An image that does not come to another registry, for whoever is told.
///
/// @param destination the repository there, which need not exist
public record ReplicationFailure(
        RegistryId source, RepositoryArn destination, Digest digest, List<Tag> tags, Instant at) {

    public ReplicationFailure {
        tags = List.copyOf(tags);
    }
}
