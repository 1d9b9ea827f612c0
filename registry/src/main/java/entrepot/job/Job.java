package entrepot.job;

import java.time.Duration;

/// Work that runs by itself, again and again. Running it twice, or stopping it anywhere, does no harm: what it has to
/// do
/// is in the tables.
public interface Job {

    /// From the end of one run to the next.
    Duration every();

    void runOnce();
}
