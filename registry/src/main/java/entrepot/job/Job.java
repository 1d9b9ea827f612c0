package entrepot.job;

import java.time.Duration;

/// Work that runs by itself, again and again. Running it twice, or stopping it anywhere, does no harm: what it has to
/// do
/// is in the tables.
public interface Job {

    /// From the end of one run to the next.
    Duration every();

    /// Does a bounded piece of what is to be done. Says whether there may be more.
    boolean step();

    /// Does all that is to be done now.
    default void runOnce() {
        boolean more;
        do {
            more = step();
        } while (more);
    }
}
