package entrepot.http.body;

import java.io.IOException;

/// A request body is larger than what reads it takes.
public final class BodyTooLargeException extends IOException {

    private final long limit;

    public BodyTooLargeException(long limit) {
        super("The body is larger than " + limit + " bytes.");
        this.limit = limit;
    }

    /// In bytes.
    public long limit() {
        return limit;
    }
}
