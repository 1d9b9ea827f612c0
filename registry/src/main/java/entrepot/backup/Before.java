package entrepot.backup;

import entrepot.domain.BlobKey;
import entrepot.move.Progress;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the newest snapshot tells the one that follows.
///
/// @param time null if there is none
/// @param sums null if there are none, or they are damaged
record Before(@Nullable Instant time, @Nullable Sums sums) implements AutoCloseable {

    private static final String COPY = "sums-before";

    static Before in(Home home, Progress progress) throws IOException {
        var folders = home.snapshots();
        if (folders.isEmpty()) {
            return new Before(null, null);
        }
        var time = Snapshot.time(folders.getLast());
        try {
            return new Before(
                    time,
                    new Sums(home.fetchSums(
                            folders.getLast(), home.place().work().resolve(COPY))));
        } catch (IOException e) {
            progress.say("note: the newest snapshot is damaged: " + e.getMessage());
            return new Before(time, null);
        }
    }

    /// The time of the next snapshot, in milliseconds: after this one's, even if the clock was put back.
    Instant next(Instant now) {
        var next = now.truncatedTo(ChronoUnit.MILLIS);
        return time == null || next.isAfter(time) ? next : time.plusMillis(1);
    }

    /// Of a blob with a larger key than the one before.
    Optional<Sum> sum(BlobKey key) throws IOException {
        return sums == null ? Optional.empty() : sums.of(key);
    }

    @Override
    public void close() throws IOException {
        if (sums != null) {
            sums.close();
        }
    }
}
