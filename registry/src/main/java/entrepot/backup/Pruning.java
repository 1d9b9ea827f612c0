package entrepot.backup;

import entrepot.domain.BlobKey;
import entrepot.move.Progress;
import entrepot.store.BackupPlace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Removes older snapshots, and then the blobs that none names which is left. One that is cut off leaves at worst blobs
/// that the next one removes.
public record Pruning(BackupPlace place, Progress progress) {

    private static final int PAGE = 1_000;

    /// What was removed.
    public record Removed(int snapshots, long blobs) {}

    /// Removes all but the newest.
    ///
    /// @param number of the newest snapshots, which stay
    /// @throws IOException if one that stays is damaged, since its blobs are not known then; nothing is removed
    public Removed keep(int number) throws IOException {
        var home = new Home(place);
        var all = home.snapshots();
        var old = all.subList(0, Math.max(0, all.size() - number));
        var named = named(home, all.subList(old.size(), all.size()));
        for (var folder : old) {
            home.drop(folder);
        }
        return new Removed(old.size(), removeOthers(named));
    }

    private KeySet named(Home home, List<String> folders) throws IOException {
        var named = new KeySet();
        for (var folder : folders) {
            try (var sums = new Sums(home.fetchSums(folder, place.work().resolve("sums-kept")))) {
                for (var sum = sums.peek(); sum.isPresent(); sum = sums.peek()) {
                    named.add(sum.get().key());
                    sums.read();
                }
            } catch (IOException e) {
                throw new IOException("nothing was removed, since not all is whole that stays", e);
            }
        }
        return named;
    }

    private long removeOthers(KeySet named) throws IOException {
        long removed = 0;
        var page = new ArrayList<BlobKey>();
        try (var keys = place.blobs().keys()) {
            for (var key : (Iterable<BlobKey>) keys::iterator) {
                if (!named.mayHave(key)) {
                    page.add(key);
                }
                if (page.size() == PAGE) {
                    removed += remove(page);
                    page.clear();
                }
            }
        }
        return removed + remove(page);
    }

    private long remove(List<BlobKey> keys) throws IOException {
        var failures = place.blobs().deleteAll(keys);
        failures.forEach((key, why) -> progress.say("note: blob %s stays: %s".formatted(key, why.getMessage())));
        return (long) keys.size() - failures.size();
    }
}
