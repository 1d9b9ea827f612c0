package entrepot.auth;

/// Who is asking.
///
/// @param arn such as `arn:aws:iam::000000000000:root`
/// @param accessKeyId the key that proved it; empty for nobody
public record Principal(String account, String arn, String accessKeyId) {

    private static final Principal ANONYMOUS = new Principal("anonymous", "anonymous", "");

    /// Whoever brings no credentials. No account is called so, hence only what is open to all is open to it.
    public static Principal anonymous() {
        return ANONYMOUS;
    }

    public boolean isAnonymous() {
        return equals(ANONYMOUS);
    }
}
