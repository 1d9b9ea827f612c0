package entrepot.auth.sigv4;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/// Points in time as Signature Version 4 writes them: ISO 8601's basic format in UTC, such as `20150830T123600Z`.
final class Timestamps {

    /// How far a client's clock may be off, either way.
    static final Duration SKEW = Duration.ofMinutes(15);

    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT)
            .withZone(ZoneOffset.UTC);

    private Timestamps() {}

    static String format(Instant instant) {
        return BASIC.format(instant);
    }

    /// Fails with a refusal if the text is not of the basic format.
    static Instant parse(String text) {
        try {
            var instant = BASIC.parse(text, Instant::from);
            if (format(instant).equals(text)) {
                return instant;
            }
        } catch (DateTimeException e) {
            throw notBasic(text);
        }
        throw notBasic(text);
    }

    /// As [#parse], or what a `Date` header may hold beside that (RFC 9110, 5.6.7).
    static Instant parseHttpDate(String text) {
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
        } catch (DateTimeException e) {
            return parse(text);
        }
    }

    /// Fails with a refusal unless it is now a time at which a request of that time may come in.
    ///
    /// @param validFor how long after its own time the request is good
    static void require(Instant requested, Duration validFor, Instant now) {
        if (requested.plus(validFor).isBefore(now)) {
            throw Refusal.invalid("Signature expired: %s is now earlier than %s (%s - %s)"
                    .formatted(format(requested), format(now.minus(validFor)), format(now), text(validFor)));
        }
        if (requested.isAfter(now.plus(SKEW))) {
            throw Refusal.invalid("Signature not yet current: %s is still later than %s (%s + %s)"
                    .formatted(format(requested), format(now.plus(SKEW)), format(now), text(SKEW)));
        }
    }

    private static String text(Duration duration) {
        return duration.toSecondsPart() == 0 ? duration.toMinutes() + " min." : duration.toSeconds() + " sec.";
    }

    private static Refusal notBasic(String text) {
        return Refusal.incomplete(
                "Date must be in ISO-8601 'basic format'. Got '%s'. See http://en.wikipedia.org/wiki/ISO_8601"
                        .formatted(text));
    }
}
