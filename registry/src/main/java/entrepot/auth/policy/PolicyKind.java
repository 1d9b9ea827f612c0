package entrepot.auth.policy;

/// Where a policy document hangs, which decides what its statements must name.
public enum PolicyKind {

    /// At a user: names resources, and no principal.
    IDENTITY,

    /// At a repository: names principals; a statement without a resource is about that repository.
    REPOSITORY,

    /// At a registry: names principals and resources.
    REGISTRY,

    /// At a key: names principals and resources; a statement without a resource is about nothing (KMS developer guide,
    /// "Elements in a key policy").
    KEY,

    /// At a secret of Secrets Manager: names principals and resources.
    SECRET
}
