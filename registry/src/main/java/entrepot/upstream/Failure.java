package entrepot.upstream;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why another registry did not give what it was asked for.
public sealed interface Failure {

    /// It has no such thing.
    record NotFound() implements Failure {}

    /// It does not let us, or wants a login that may not be sent.
    record AccessDenied() implements Failure {}

    /// It asks us to come again later.
    ///
    /// @param retryAfter null where it does not say when
    record TooManyRequests(@Nullable Duration retryAfter) implements Failure {}

    /// It is not reached, breaks off, takes too long, or says that it fails.
    record Unavailable() implements Failure {}

    /// What it sends is not what was asked for, or leads where we do not go. Asking again does not help.
    record Malformed() implements Failure {}
}
