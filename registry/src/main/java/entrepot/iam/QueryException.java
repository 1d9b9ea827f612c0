package entrepot.iam;

/// Carries a refusal that is the surface's own, and no operation's, to where it is answered.
final class QueryException extends RuntimeException {

    private final transient QueryError error;

    /// Without a stack trace: a refusal is an answer, and must cost as little as one.
    QueryException(QueryError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    QueryError error() {
        return error;
    }
}
