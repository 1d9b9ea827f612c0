package entrepot.auth;

import entrepot.auth.policy.PolicyDocument;
import entrepot.domain.ResourceTag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a repository, a key or a secret has that access to it is decided by.
///
/// @param policy null if it has none
record ResourceFacts(@Nullable PolicyDocument policy, List<ResourceTag> tags) {

    /// Of one that is not there, and of what is none of them.
    static final ResourceFacts NONE = new ResourceFacts(null, List.of());

    ResourceFacts {
        tags = List.copyOf(tags);
    }
}
