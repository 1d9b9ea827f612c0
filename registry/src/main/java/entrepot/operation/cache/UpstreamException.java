package entrepot.operation.cache;

import java.io.Serial;

/// Another registry has not given what it was asked for.
public final class UpstreamException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    /// Why.
    public enum Kind {
        /// It says that it is not there.
        ABSENT,
        /// It does not know who asks, or does not let them.
        DENIED,
        /// It wants to be asked less often.
        TOO_MANY_REQUESTS,
        /// It is away, slow, or answers what it was not asked.
        UNAVAILABLE
    }

    private final Kind kind;

    /// @param message which anybody may read
    public UpstreamException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public UpstreamException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
