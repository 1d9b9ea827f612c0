package entrepot.upstream;

import entrepot.upstream.wire.Response;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// What the statuses of HTTP mean that are no success.
final class Statuses {

    private Statuses() {}

    /// @param who answered, for the message
    static UpstreamException failure(Response answer, String who) {
        var why = "%s answers HTTP status %d".formatted(who, answer.status());
        return new UpstreamException(kind(answer), why);
    }

    private static Failure kind(Response answer) {
        return switch (answer.status()) {
            case 401, 403 -> new Failure.AccessDenied();
            case 404, 410 -> new Failure.NotFound();
            case 429 -> new Failure.TooManyRequests(retryAfter(answer));
            case 408, 425 -> new Failure.Unavailable();
            default -> answer.status() >= 500 ? new Failure.Unavailable() : new Failure.Malformed();
        };
    }

    /// In seconds or as a date (RFC 9110, 10.2.3).
    private static @Nullable Duration retryAfter(Response answer) {
        var text = answer.header("retry-after").orElse("");
        if (text.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            var until = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
            var left = Duration.between(Instant.now(), until);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
