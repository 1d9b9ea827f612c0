package entrepot.http.vertx;

import entrepot.http.HttpLimits;
import java.time.Duration;

/// How much longer the reader of a body waits for its client. Time spent waiting is paid from a purse, which holds the
/// grace at first and never more; each byte that comes puts a little in.
///
/// So a client may pause for as long as the grace, and a slow one go on for as long as it likes, but not by a byte now
/// and then. The time that the reader itself takes does not count.
final class Patience {

    private final long grace;
    private final long nanosPerByte;
    private long left;

    /// @param bytesPerSecond the rate that a client may stay below only for the grace
    Patience(Duration grace, int bytesPerSecond) {
        this.grace = grace.toNanos();
        this.nanosPerByte = 1_000_000_000L / bytesPerSecond;
        this.left = this.grace;
    }

    static Patience of(HttpLimits.Pace pace) {
        return new Patience(pace.idle(), pace.bodyRate());
    }

    /// In nanoseconds; nothing is left if it is not above zero.
    long left() {
        return left;
    }

    void waited(long nanos) {
        left -= nanos;
    }

    void received(int bytes) {
        left = Math.min(grace, left + bytes * nanosPerByte);
    }
}
