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

    /// Takes away what is in nobody's use, and gives it.
    ///
    /// @param now by the clock
    /// @param stay how long bytes stay that go by this
    public List<R> run(Collection<R> due, Instant now, Duration stay) {
        var claimed = waiting.claim(due, until);
        var holding = waiting.hold(claimed);
        var free = new ArrayList<>(holding.held());
        free.removeAll(waiting.used(holding.held(), until));
        waiting.drop(free, now, stay);
        var settled = new ArrayList<>(holding.held());
        settled.addAll(holding.gone());
        waiting.settle(settled);
        var busy = new ArrayList<>(claimed);
        busy.removeAll(settled);
        waiting.putOff(busy);
        return List.copyOf(free);
    }
}
