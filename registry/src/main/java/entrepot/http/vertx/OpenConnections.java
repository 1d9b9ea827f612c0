package entrepot.http.vertx;

import entrepot.http.HttpLimits;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;

/// All open connections of a server, and what their heads hold together.
///
/// Where there is no room, whoever has waited longest for a head to be whole gives way: an honest client's head comes
/// at once, so it is never that one for long. Strangers, whose first request has not come, go before others.
final class OpenConnections {

    private final HttpLimits.Together limits;
    private final SequencedSet<Seat> strangers = new LinkedHashSet<>();
    private final SequencedSet<Seat> guests = new LinkedHashSet<>();
    private final SequencedSet<Seat> borrowers = new LinkedHashSet<>(); // of those above
    private int seats;
    private long lent;
    private int lingering;

    OpenConnections(HttpLimits.Together limits) {
        this.limits = limits;
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
        var waiting = strangers.isEmpty() ? guests : strangers;
        if (waiting.isEmpty()) {
            return false;
        }
        evict(waiting.getFirst());
        return true;
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
            guests.add(seat);
            fileBorrower(seat);
        }
    }

    synchronized void work(Seat seat) {
        strangers.remove(seat);
        guests.remove(seat);
        borrowers.remove(seat);
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
