package entrepot.http.vertx;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The value of a `Date` header, made once a second (RFC 9110, 5.6.7).
final class HttpDate {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private record Second(long epoch, String text) {}

    private static volatile Second last = new Second(0, FORMAT.format(Instant.EPOCH));

    private HttpDate() {}

    static String now() {
        var now = System.currentTimeMillis() / 1000;
        var known = last;
        if (known.epoch != now) {
            known = new Second(now, FORMAT.format(Instant.ofEpochSecond(now)));
            last = known;
        }
        return known.text;
    }
}
