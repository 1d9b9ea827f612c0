package entrepot.operation.identity;

/// How much of everything there may be in an account. Source: IAM user guide, "IAM and AWS STS quotas".
final class Quotas {

    static final int USERS = 5_000;
    static final int POLICIES = 1_500;
    static final int KEYS_PER_USER = 2;
    static final int TAGS = 50;
    static final int ATTACHED = 10;
    static final int VERSIONS = 5;

    /// Characters of a managed policy's document that are not white space.
    static final int MANAGED_SIZE = 6_144;

    /// The same of all the policies in one user together.
    static final int INLINE_SIZE = 2_048;

    private Quotas() {}
}
