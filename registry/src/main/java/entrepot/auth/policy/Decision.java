package entrepot.auth.policy;

/// What policies say to a request.
public sealed interface Decision {

    record Allowed() implements Decision {}

    /// What AWS calls an access denied error.
    ///
    /// @param action as it was asked for
    record Denied(Reason reason, String action) implements Decision {

        /// The end of AWS's message, such as `because no identity-based policy allows the ecr:PutImage action`
        /// (IAM User Guide, "Troubleshoot access denied error messages").
        public String because() {
            return switch (reason) {
                case EXPLICIT_IDENTITY -> "with an explicit deny in an identity-based policy";
                case EXPLICIT_RESOURCE -> "with an explicit deny in a resource-based policy";
                case IMPLICIT_IDENTITY -> "because no identity-based policy allows the %s action".formatted(action);
                case IMPLICIT_RESOURCE -> "because no resource-based policy allows the %s action".formatted(action);
            };
        }
    }

    /// Explicit: a statement denies it. Implicit: none allows it.
    enum Reason {
        EXPLICIT_IDENTITY,
        EXPLICIT_RESOURCE,
        IMPLICIT_IDENTITY,
        IMPLICIT_RESOURCE
    }
}
