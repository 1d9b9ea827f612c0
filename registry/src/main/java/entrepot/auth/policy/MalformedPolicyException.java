package entrepot.auth.policy;

/// The text is not a policy document. The message says what is wrong, in IAM's words where they are known; callers
/// put it in those of their own API.
public final class MalformedPolicyException extends RuntimeException {

    private static final long serialVersionUID = 1;

    MalformedPolicyException(String message) {
        super(message, null, false, false);
    }

    static MalformedPolicyException syntax() {
        return new MalformedPolicyException("Syntax errors in policy.");
    }
}
