package entrepot.operation.layer;

import entrepot.domain.LayerError;
import entrepot.domain.RegistryException;
import entrepot.domain.UploadId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/// What this process remembers of uploads beyond their rows: who writes one now, and the hashes of its bytes so far.
/// All of it may be lost at any time: then the bytes are read once more to hash them.
public final class OpenUploads {

    /// How many uploads are remembered; beyond it the eldest that nobody writes goes.
    private static final int MOST = 10_000;

    /// Longer than a disk takes to make most layers durable.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Duration patience;
    private final OpenBytes bytes = new OpenBytes();
    private final Map<UploadId, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    public OpenUploads() {
        this(PATIENCE);
    }

    /// @param patience how long a request waits for the one before it
    OpenUploads(Duration patience) {
        this.patience = patience;
    }

    /// One upload, and who writes it or waits to, in the order in which they came.
    static final class Entry {
        final Semaphore lock = new Semaphore(1, true);
        final UploadHash hash = new UploadHash();

        /// Of the upload when its hash was up to date; read and written by who has the lock.
        long turn;

        private final Set<Hold> present = new LinkedHashSet<>();
    }

    Duration patience() {
        return patience;
    }

    /// How many bytes each principal is about to add to what it has open.
    OpenBytes bytes() {
        return bytes;
    }

    /// Keeps others from writing this upload until closed. Older requests of the same principal are ended, since one
    /// who asks again has given them up: connections can be half dead for long. Of others it waits for the end.
    ///
    /// @throws RegistryException if the wait is long
    Hold hold(UploadId id, String principal) {
        return hold(id, principal, older -> older.principal().equals(principal));
    }

    /// The same, for a request that makes all others needless, whoever they are of.
    Hold holdToEnd(UploadId id, String principal) {
        return hold(id, principal, _ -> true);
    }

    private Hold hold(UploadId id, String principal, Predicate<Hold> givenUp) {
        var hold = enter(id, principal);
        older(hold).stream().filter(givenUp).forEach(Hold::end);
        if (!hold.isLocked(patience)) {
            leave(hold);
            throw new RegistryException(new LayerError.UploadBusy(id));
        }
        return hold;
    }

    private Hold enter(UploadId id, String principal) {
        synchronized (entries) {
            var entry = entries.computeIfAbsent(id, _ -> new Entry());
            var hold = new Hold(this, id, entry, principal);
            entry.present.add(hold);
            forgetEldest();
            return hold;
        }
    }

    private List<Hold> older(Hold hold) {
        synchronized (entries) {
            return hold.entry().present.stream()
                    .takeWhile(other -> other != hold)
                    .toList();
        }
    }

    void leave(Hold hold) {
        synchronized (entries) {
            hold.entry().present.remove(hold);
        }
    }

    /// How many uploads are remembered.
    int size() {
        synchronized (entries) {
            return entries.size();
        }
    }

    /// A slow upload may be held for hours, and must not keep the younger ones.
    private void forgetEldest() {
        var eldest = entries.values().iterator();
        while (entries.size() > MOST && eldest.hasNext()) {
            if (eldest.next().present.isEmpty()) {
                eldest.remove();
            }
        }
    }

    /// The upload will not be written any more. Those who wait for it find so by its row.
    void forget(UploadId id) {
        synchronized (entries) {
            entries.remove(id);
        }
    }
}
