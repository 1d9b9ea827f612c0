package entrepot.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/// Durations as people write them, such as `12h`, `1h30m` or `7d`, and ISO 8601's form (`PT12H`).
public final class Durations {

    private static final Pattern SHORT = Pattern.compile("([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?");

    /// A hundred years. What is some thousand times longer has no end that a clock could tell.
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private Durations() {}

    static Duration parse(String text) {
        try {
            var duration = Duration.parse(SHORT.matcher(text).matches() ? iso(text) : text);
            if (duration.isPositive() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // said below, in the same words
        }
        throw new IllegalArgumentException("must be a duration such as 12h, 30m or PT12H");
    }

    /// The duration that this text is, or `0` or `0s` for none at all. Fails with IllegalArgumentException for another
    /// text, in words that follow its name.
    public static Duration parseOrNone(String text) {
        return text.equals("0") || text.equals("0s") ? Duration.ZERO : parse(text);
    }

    /// In the short form, such as `1d12h`, or `0`.
    static String text(Duration duration) {
        return duration.isZero()
                ? "0"
                : part(duration.toDaysPart(), "d")
                        + part(duration.toHoursPart(), "h")
                        + part(duration.toMinutesPart(), "m")
                        + part(duration.toSecondsPart(), "s");
    }

    private static String part(long count, String unit) {
        return count == 0 ? "" : count + unit;
    }

    private static String iso(String text) {
        var afterDays = text.indexOf('d') + 1;
        var time = text.substring(afterDays);
        return ("P" + text.substring(0, afterDays) + (time.isEmpty() ? "" : "T" + time)).toUpperCase(Locale.ROOT);
    }
}
