package entrepot.job;

import entrepot.store.Garbage.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// One look at rows that wait, in one guarded transaction. Each statement comes after the one before it has ended: what
/// is held is looked at by a statement that sees all that came before it was held.
///
/// @param waiting the rows
/// @param until how long they have waited at least
public record Sweep<R>(Waiting<R> waiting, Instant until) {

    /// What came of it.
    ///
    /// @param gone what was taken away
    /// @param settled how many rows wait no longer; the others are in somebody's hands, and wait for the next look
    public record Swept<R>(List<R> gone, int settled) {}

    /// Takes away what is in nobody's use.
    ///
    /// @param now by the clock
    /// @param stay how long bytes stay that go by this
    public Swept<R> run(Collection<R> due, Instant now, Duration stay) {
        var claimed = waiting.claim(due, until);
        var holding = waiting.hold(claimed);
        var free = new ArrayList<>(holding.held());
        free.removeAll(waiting.used(holding.held(), until));
        waiting.drop(free, now, stay);
        var settled = new ArrayList<>(holding.held());
        settled.addAll(holding.gone());
        waiting.settle(settled);
        return new Swept<>(List.copyOf(free), settled.size());
    }
}
