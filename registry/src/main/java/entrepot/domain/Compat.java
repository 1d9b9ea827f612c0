package entrepot.domain;

/// Whom the registry follows where ECR and the OCI distribution specification differ, as `compat` has it.
public enum Compat {

    /// The specification on `/v2`, and on the JSON API what harms nobody.
    OCI,

    /// ECR on both doors, in all that [Difference] lists as switched.
    ECR
}
