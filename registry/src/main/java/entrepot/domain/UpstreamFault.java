package entrepot.domain;

/// Why another registry has not given what a pull-through cache asked it for. Source: ECR's model, shape
/// ImageFailureCode.
public enum UpstreamFault {
    ACCESS_DENIED("UpstreamAccessDenied"),
    TOO_MANY_REQUESTS("UpstreamTooManyRequests"),
    UNAVAILABLE("UpstreamUnavailable");

    private final String failureCode;

    UpstreamFault(String failureCode) {
        this.failureCode = failureCode;
    }

    /// What BatchGetImage calls it.
    public String failureCode() {
        return failureCode;
    }

    public String message() {
        return switch (this) {
            case ACCESS_DENIED ->
                "The authentication to the upstream registry failed. Verify that the credentials are correct and allow"
                        + " what was asked for, and try again";
            case TOO_MANY_REQUESTS -> "The upstream registry has had too many requests. Try again later";
            case UNAVAILABLE -> "The upstream registry is not available, or did not give what it was asked for";
        };
    }
}
