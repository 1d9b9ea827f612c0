package entrepot.seed;

import entrepot.upstream.EcrApi;
import entrepot.upstream.Failure;
import entrepot.upstream.UpstreamException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A policy that a seed gives a repository, or the registry.
///
/// @param repository null for the registry's own
record SownPolicy(EcrApi api, Kind kind, @Nullable String repository) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Whose policy, in ECR's words.
    enum Kind {
        ACCESS("GetRepositoryPolicy", "SetRepositoryPolicy", "policyText"),
        LIFECYCLE("GetLifecyclePolicy", "PutLifecyclePolicy", "lifecyclePolicyText"),
        REGISTRY("GetRegistryPolicy", "PutRegistryPolicy", "policyText");

        private final String get;
        private final String put;
        private final String member;

        Kind(String get, String put, String member) {
            this.get = get;
            this.put = put;
            this.member = member;
        }
    }

    /// Sees that it is this one.
    void settle(String text) throws UpstreamException {
        if (!isSame(text, stored())) {
            var input = JSON.createObjectNode().put(kind.member, text);
            var _ = api.call(kind.put, about(input));
        }
    }

    private @Nullable String stored() throws UpstreamException {
        try {
            return api.call(kind.get, about(JSON.createObjectNode()))
                    .path(kind.member)
                    .asString("");
        } catch (UpstreamException e) {
            if (e.failure() instanceof Failure.NotFound) {
                return null;
            }
            throw e;
        }
    }

    private String about(ObjectNode input) {
        if (repository != null) {
            input.put("repositoryName", repository);
        }
        return input.toString();
    }

    /// But for white space, which the registry may not keep.
    private static boolean isSame(String text, @Nullable String stored) {
        try {
            return stored != null && JSON.readTree(text).equals(JSON.readTree(stored));
        } catch (JacksonException e) {
            return false;
        }
    }
}
