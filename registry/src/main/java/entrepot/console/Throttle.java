package entrepot.console;

import entrepot.auth.LeastRecentlyUsed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How often somebody may fail to sign in: so many times at once, then once in a while. Whoever failed longest
/// ago is forgotten first, so that no stream of names makes it grow.
final class Throttle {

    private final int atOnce;
    private final Duration pause;
    private final LeastRecentlyUsed<String, Instant> paidUntil;

    /// @param atOnce failures that cost no waiting
    /// @param pause what each further one costs
    /// @param remembered how many are told apart
    Throttle(int atOnce, Duration pause, int remembered) {
        this.atOnce = atOnce;
        this.pause = pause;
        this.paidUntil = new LeastRecentlyUsed<>(remembered);
    }

    /// Counts a try as a failure, if they may try now; else says how long they must wait.
    synchronized Optional<Duration> begin(String who, Instant now) {
        var from = paidUntil.get(who).filter(now::isBefore).orElse(now);
        var wait = Duration.between(now, from).minus(pause.multipliedBy(atOnce - 1L));
        if (wait.isPositive()) {
            return Optional.of(wait);
        }
        paidUntil.put(who, from.plus(pause));
        return Optional.empty();
    }

    /// The try was none.
    synchronized void forgive(String who) {
        paidUntil.get(who).ifPresent(until -> paidUntil.put(who, until.minus(pause)));
    }

    int size() {
        return paidUntil.size();
    }
}
