package entrepot.ecr;

/// Carries a refusal that is the JSON surface's own, and no operation's, to where it is answered.
final class EcrException extends RuntimeException {

    private final transient EcrError error;

    /// Without a stack trace: a refusal is an answer, and must cost as little as one.
    EcrException(EcrError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    EcrError error() {
        return error;
    }
}
