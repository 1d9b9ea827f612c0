package entrepot.job;

import java.time.Duration;
import java.util.Locale;

/// Work that runs by itself, again and again. Running it twice, or stopping it anywhere, does no harm: what it has to
/// do is in the tables.
public interface Job {

    /// Whose work it is where many nodes serve one registry.
    enum Scope {
        /// Each node has its own to do.
        EACH_NODE,
        /// One node does it for all of them, whichever has the lease of its name.
        ONE_NODE
    }

    /// The name of its class, in small words with hyphens between them, for the log and for whoever asks.
    default String name() {
        return getClass().getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    Scope scope();

    /// From the end of one run to the next; the first one begins when the server does. There are no times of day: what
    /// is to be done once a night asks the tables when it was done last.
    Duration every();

    /// Whether it runs once more when the server ends, since it stores what would be lost with the process.
    default boolean runsAtTheEnd() {
        return false;
    }

    /// Does a bounded piece of what is to be done. Says whether there may be more.
    ///
    /// @param failures is told of each row that fails, so that those behind it have their turn
    boolean step(Failures failures);

    /// Does all that is to be done now, or less where the thread is interrupted or very many rows fail.
    default Failures runOnce() {
        var failures = new Failures();
        boolean more;
        do {
            more = step(failures);
        } while (more && !failures.areMany() && !Thread.currentThread().isInterrupted());
        return failures;
    }
}
