package entrepot.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Figures as people read them.
public final class Format {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Format() {}

    /// Such as `31.4 MB`, in units of a thousand, as Docker has them.
    public static String bytes(long count) {
        double amount = count;
        int unit = 0;
        while (amount >= 999.5 && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        var form = unit == 0 || amount >= 99.95 ? "%.0f %s" : "%.1f %s";
        return form.formatted(amount, UNITS[unit]);
    }

    public static String time(@Nullable Instant time) {
        return time == null ? "" : TIME.format(time);
    }

    /// Such as `3 days ago`.
    public static String ago(Instant time, Instant now) {
        var seconds = Math.max(0, Duration.between(time, now).toSeconds());
        if (seconds < 60) {
            return "just now";
        }
        if (seconds < 3600) {
            return plural(seconds / 60, "minute");
        }
        return seconds < 86_400 ? plural(seconds / 3600, "hour") : days(seconds / 86_400);
    }

    private static String days(long days) {
        return days < 60 ? plural(days, "day") : days < 730 ? plural(days / 30, "month") : plural(days / 365, "year");
    }

    private static String plural(long count, String unit) {
        return "%d %s%s ago".formatted(count, unit, count == 1 ? "" : "s");
    }

    /// The first characters of a digest, which tell it apart from others of a repository.
    public static String brief(String digest) {
        var colon = digest.indexOf(':');
        return digest.substring(colon + 1, Math.min(digest.length(), colon + 13));
    }
}
