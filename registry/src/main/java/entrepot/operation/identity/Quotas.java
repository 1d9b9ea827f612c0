package entrepot.operation.identity;

/// How much of everything there may be in an account. Source: IAM user guide, "IAM and AWS STS quotas".
public final class Quotas {

    public static final int USERS = 5_000;
    public static final int POLICIES = 1_500;
    public static final int KEYS_PER_USER = 2;
    static final int TAGS = 50;
    public static final int ATTACHED = 10;
    public static final int VERSIONS = 5;

    /// Characters of a managed policy's document that are not white space.
    public static final int MANAGED_SIZE = 6_144;

    /// The same of all the policies in one user together.
    public static final int INLINE_SIZE = 2_048;

    private Quotas() {}
}
