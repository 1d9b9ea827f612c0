package entrepot.auth.policy;

import java.util.Set;

/// A registry's policy, and for which actions it counts (Amazon ECR User Guide, "Private registry permissions").
///
/// @param document of kind [PolicyKind#REGISTRY]
public record RegistryPolicy(PolicyDocument document, Scope scope) {

    private static final Set<String> FIRST =
            Set.of("ecr:ReplicateImage", "ecr:BatchImportUpstreamImage", "ecr:CreateRepository");

    public RegistryPolicy {
        document.require(PolicyKind.REGISTRY);
    }

    boolean countsFor(String action) {
        return scope == Scope.V2 || FIRST.contains(action);
    }

    /// The account setting `REGISTRY_POLICY_SCOPE`.
    public enum Scope {

        /// Replication, import from upstream and the creation of repositories only.
        V1,

        /// Every action.
        V2
    }
}
