package entrepot.http.vertx;

import entrepot.http.HttpLimits;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/// All open connections of a server, and what their heads hold together.
///
/// Where there is no room, whoever has waited longest for a head to be whole gives way: an honest client's head comes
/// at once, so it is never that one for long. Strangers, whose first request has not come, go before others; but where
/// each of them has only just come, whoever lets us wait for long, for a next request or for a body, goes before them.
final class OpenConnections {

    /// Until then whoever has connected has had no time to ask for anything.
    private static final Duration TIME_TO_ASK = Duration.ofMillis(500);

    private static final Duration LONG_WAIT = Duration.ofSeconds(3);

    private final HttpLimits.Together limits;
    private final Duration timeToAsk;
    private final Duration longWait;
    private final SequencedSet<Seat> strangers = new LinkedHashSet<>();
    private final SequencedSet<Seat> guests = new LinkedHashSet<>();
    private final SequencedSet<Seat> stalled = new LinkedHashSet<>(); // at work, and wait for more of a body
    private final SequencedSet<Seat> borrowers = new LinkedHashSet<>(); // of those above
    private int seats;
    private long lent;
    private int lingering;

    OpenConnections(HttpLimits.Together limits) {
        this(limits, TIME_TO_ASK, LONG_WAIT);
    }

    OpenConnections(HttpLimits.Together limits, Duration timeToAsk, Duration longWait) {
        this.limits = limits;
        this.timeToAsk = timeToAsk;
        this.longWait = longWait;
    }

    /// A place for a new connection, which waits for its first head; none if there are too many, and all are at work.
    ///
    /// @param close ends the connection, from any thread, and later calls [Seat#leave]
    synchronized Optional<Seat> enter(Runnable close) {
        if (seats >= limits.connections() && !makeRoom()) {
            return Optional.empty();
        }
        var seat = new Seat(this, close);
        seats++;
        strangers.add(seat);
        return Optional.of(seat);
    }

    private boolean makeRoom() {
        var next = first(strangers, timeToAsk)
                .or(() -> first(guests, longWait))
                .or(() -> first(stalled, longWait))
                .or(() -> first(strangers, Duration.ZERO))
                .or(() -> first(guests, Duration.ZERO));
        next.ifPresent(this::evict);
        return next.isPresent();
    }

    /// Whoever has waited longest, if it is so long.
    private static Optional<Seat> first(SequencedSet<Seat> waiting, Duration time) {
        return waiting.stream().findFirst().filter(seat -> seat.hasWaited(time));
    }

    private void evict(Seat seat) {
        leave(seat);
        seat.close();
    }

    synchronized void leave(Seat seat) {
        if (seat.isTaken()) {
            lent -= seat.borrowed();
            seats--;
            work(seat);
            seat.end();
        }
    }

    synchronized void await(Seat seat) {
        if (seat.isTaken()) {
            seat.beginWait();
            guests.add(seat);
            fileBorrower(seat);
        }
    }

    synchronized void work(Seat seat) {
        strangers.remove(seat);
        guests.remove(seat);
        stalled.remove(seat);
        borrowers.remove(seat);
    }

    synchronized void awaitBody(Seat seat) {
        if (seat.isTaken()) {
            seat.beginWait();
            stalled.add(seat);
        }
    }

    synchronized void goOn(Seat seat) {
        stalled.remove(seat);
    }

    /// Whether the seat may hold that much from now on, beyond its own share.
    synchronized boolean lend(Seat seat, long bytes) {
        while (seat.isTaken() && bytes > seat.borrowed() && lent - seat.borrowed() + bytes > limits.headBytes()) {
            var other = borrowers.stream().filter(borrower -> borrower != seat).findFirst();
            if (other.isEmpty()) {
                return false;
            }
            evict(other.orElseThrow());
        }
        if (seat.isTaken()) {
            lent += bytes - seat.borrowed();
            seat.borrow(bytes);
            fileBorrower(seat);
        }
        return seat.isTaken();
    }

    private void fileBorrower(Seat seat) {
        if (seat.borrowed() == 0) {
            borrowers.remove(seat);
        } else if (strangers.contains(seat) || guests.contains(seat)) {
            borrowers.add(seat);
        }
    }

    /// Whether one more may linger; if so, [#lingered] must follow.
    synchronized boolean mayLinger() {
        if (lingering >= limits.lingering()) {
            return false;
        }
        lingering++;
        return true;
    }

    synchronized void lingered() {
        lingering--;
    }
}
