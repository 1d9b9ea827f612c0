package entrepot.store;

import java.time.Duration;

/// Has collection keep, for a backup that is under way, all bytes that came to be deleted since this was first renewed.
/// Used by one thread.
public interface BackupHold extends AutoCloseable {

    /// From now on for so long, by the clock of the database.
    void renew(Duration duration);

    /// Lets go of them.
    @Override
    void close();
}
