package entrepot.upstream;

import entrepot.upstream.wire.ForbiddenTargetException;
import entrepot.upstream.wire.MalformedAnswerException;
import java.io.IOException;
import java.io.Serial;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Another registry did not give what it was asked for. The message says more for operators, and holds no secret.
public final class UpstreamException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Failure failure;

    UpstreamException(Failure failure, String why) {
        this(failure, why, null);
    }

    UpstreamException(Failure failure, String why, @Nullable Throwable cause) {
        super(why, cause);
        this.failure = failure;
    }

    static UpstreamException malformed(String why) {
        return new UpstreamException(new Failure.Malformed(), why);
    }

    /// It does not let us, or cannot be asked as whom it would.
    public static UpstreamException denied(String why) {
        return new UpstreamException(new Failure.AccessDenied(), why);
    }

    /// What an exchange that failed amounts to.
    static UpstreamException of(IOException e) {
        return switch (e) {
            case UpstreamException known -> known;
            case MalformedAnswerException _, ForbiddenTargetException _ ->
                new UpstreamException(new Failure.Malformed(), words(e), e);
            default -> new UpstreamException(new Failure.Unavailable(), words(e), e);
        };
    }

    private static String words(IOException e) {
        var name = e.getClass().getSimpleName().replace("Exception", "").toLowerCase(Locale.ROOT);
        return e.getMessage() == null ? name : e.getMessage();
    }

    /// The same, which says what it happened with.
    public UpstreamException about(String what) {
        return new UpstreamException(failure, what + ": " + getMessage(), this);
    }

    public Failure failure() {
        return failure;
    }
}
