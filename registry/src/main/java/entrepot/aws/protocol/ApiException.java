package entrepot.aws.protocol;

/// Carries a refusal that is a protocol's own, and no operation's, to where it is answered.
public final class ApiException extends RuntimeException {

    private final transient ApiError error;

    /// Without a stack trace: a refusal is an answer, and must cost as little as one.
    ApiException(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public ApiError error() {
        return error;
    }
}
