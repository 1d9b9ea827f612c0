package entrepot.check;

import entrepot.check.Repair.Finding;
import entrepot.store.Leases.Lease;
import entrepot.store.Repairs.Walk;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The turn of one that looks at everything: it alone keeps how far it has come, and marks. Whoever comes meanwhile
/// waits. For one thread.
final class CheckTurn implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CheckTurn.class);

    private static final Duration PAUSE = Duration.ofMillis(500);

    /// So often at least something is written, so that nobody takes this one for dead.
    private static final Duration LIVES = Duration.ofSeconds(5);

    private final Repair repair;
    private final Lease turn;
    private long written = System.nanoTime();

    private CheckTurn(Repair repair, Lease turn) {
        this.repair = repair;
        this.turn = turn;
    }

    /// When whoever has it has ended, or died.
    static CheckTurn take(Repair repair, String name, Onlooker onlooker) throws IOException {
        var turn = repair.take(name);
        if (turn.isEmpty()) {
            onlooker.say("note: waits for another one to end, or to have been silent for %d s"
                    .formatted(Repair.PATIENCE.toSeconds()));
        }
        while (turn.isEmpty()) {
            rest();
            turn = repair.take(name);
        }
        return new CheckTurn(repair, turn.get());
    }

    private static void rest() throws InterruptedIOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while another one ran");
        }
    }

    void found(Walk walk, List<Finding> findings) throws IOException {
        repair.found(turn, walk, findings);
        written = System.nanoTime();
    }

    /// Says so if it has not said anything for long.
    void live(Walk kept) throws IOException {
        if (System.nanoTime() - written > LIVES.toNanos()) {
            found(kept, List.of());
        }
    }

    /// What was looked at is written down by now: that it could not be ended is no reason to fail.
    @Override
    public void close() {
        try {
            repair.end(turn);
        } catch (IOException | RuntimeException e) {
            LOG.debug("a turn is over by itself in {}", Repair.PATIENCE, e);
        }
    }
}
