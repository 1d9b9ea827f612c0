package entrepot.backup;

import entrepot.domain.BlobKey;
import entrepot.domain.Digest;
import entrepot.move.BlobCopy;
import entrepot.move.ManifestCheck;
import entrepot.move.Progress;
import entrepot.store.BackupPlace;
import entrepot.store.MoveTarget;
import entrepot.store.MoveTarget.Lacking;
import entrepot.store.MoveTarget.Moved;
import entrepot.store.StorageFullException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;

/// Makes a snapshot of a registry, which may be served meanwhile: first all rows as they are at one moment, then the
/// bytes that those name and the place lacks, which never change under their keys. What came of a backup that was cut
/// off is not copied again; its snapshot is not there.
///
/// @param from only read
public record Backup(Registry from, BackupPlace to, InstantSource clock, Progress progress) {

    private static final int PAGE = 1_000;

    /// What a backup has.
    ///
    /// @param time of the snapshot
    /// @param arrived what was not there yet
    /// @param damaged how many blobs are not in it, since they are damaged where they lie
    public record Made(Instant time, Moved all, Lacking arrived, long damaged) {}

    /// Once for each instance.
    ///
    /// @throws IOException if it did not come to its end; what came is not lost
    public Made run() throws IOException {
        var home = new Home(to);
        var registry = from.id();
        home.take(registry);
        home.dropUnfinished();
        try (var before = Before.in(home, progress)) {
            var file = to.work().resolve(Snapshot.METADATA);
            var made = held(isHeld -> made(file, before, isHeld));
            requireWhole(file);
            publish(home, registry, made);
            return made;
        }
    }

    private interface Making {
        Made run(boolean isHeld) throws IOException;
    }

    /// Garbage collection keeps what the rows name, from before they are read to the end of the blobs. Who may only
    /// read does without.
    private Made held(Making making) throws IOException {
        var holding = holding();
        try {
            return making.run(holding.isPresent());
        } finally {
            holding.ifPresent(Holding::close);
        }
    }

    private Optional<Holding> holding() throws IOException {
        try {
            var holding = new Holding(from.hold());
            holding.begin();
            return Optional.of(holding);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (IOException | RuntimeException e) {
            progress.say("note: garbage collection is not held meanwhile: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Made made(Path file, Before before, boolean isHeld) throws IOException {
        var time = before.next(clock.instant());
        try (var copy = from.copyInto(file)) {
            try (var rows = from.rows()) {
                copy.begin(rows.id());
                copy.bring(rows);
            }
            findBlobs(copy);
            var lacking = copy.lacking();
            progress.ahead(lacking.blobs(), lacking.bytes());
            var blobs = copyBlobs(copy, before);
            requireHeld(isHeld, blobs.damage().size());
            copy.lack(blobs.damage());
            copy.whole(blobs.whole());
            var all = copy.end(new ManifestCheck(from.vault(), progress)::look);
            return new Made(time, all, lacking, blobs.damage().size());
        }
    }

    /// Where collection may have deleted them meanwhile, blobs that did not come are not known to be damaged.
    private static void requireHeld(boolean isHeld, int damaged) throws IOException {
        if (!isHeld && damaged > 0) {
            throw new IOException(damaged + " blobs did not come: if their images were deleted meanwhile, run it again;"
                    + " else push those images again, or delete them, before");
        }
    }

    /// All that are there are listed, since asking for each takes long where it is elsewhere.
    private void findBlobs(MoveTarget copy) throws IOException {
        var page = new ArrayList<BlobKey>();
        try (var keys = to.blobs().keys()) {
            for (var key : (Iterable<BlobKey>) keys::iterator) {
                page.add(key);
                if (page.size() == PAGE) {
                    copy.arriveNamed(page);
                    page.clear();
                }
            }
        }
        copy.arriveNamed(page);
    }

    private BlobBackup copyBlobs(MoveTarget copy, Before before) throws IOException {
        var arriving = new BlobCopy(from.blobs(), from.vault(), to.arriving(), progress, false);
        var blobs = new BlobBackup(copy, arriving, to, before, progress);
        blobs.run(to.work().resolve(Snapshot.SUMS));
        return blobs;
    }

    /// SQLite leaves its log beside a file that it has no room to put it into.
    private static void requireWhole(Path file) throws IOException {
        var log = file.resolveSibling(file.getFileName() + "-wal");
        if (Files.exists(log) && Files.size(log) > 0) {
            throw new StorageFullException("No space left for " + file);
        }
    }

    private void publish(Home home, String registry, Made made) throws IOException {
        var folder = Snapshot.folder(made.time());
        var digests = new TreeMap<String, Digest>();
        for (var name : new String[] {Snapshot.METADATA, Snapshot.SUMS}) {
            var file = to.work().resolve(name);
            digests.put(name, Home.digest(file));
            to.put(folder + name, file);
        }
        for (var file : from.secrets().along().entrySet()) {
            digests.put(file.getKey(), Home.digest(file.getValue()));
            home.put(folder + file.getKey(), file.getValue());
        }
        var secrets = from.secrets();
        var snapshot =
                new Snapshot(made.time(), registry, secrets.schema(), secrets.serverKey(), counts(made), digests);
        home.put(folder + Snapshot.FILE, snapshot.json());
    }

    private static TreeMap<String, Long> counts(Made made) {
        var all = made.all();
        var counts = new TreeMap<String, Long>();
        counts.put("repositories", all.repositories());
        counts.put("images", all.images());
        counts.put("blobs", all.blobs());
        counts.put("bytes", all.bytes());
        if (made.damaged() > 0) {
            counts.put(Snapshot.DAMAGED, made.damaged());
        }
        return counts;
    }
}
