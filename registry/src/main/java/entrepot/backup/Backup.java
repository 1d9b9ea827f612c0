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
    public record Made(Instant time, Moved all, Lacking arrived) {}

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
            var made = held(() -> made(file, before));
            requireWhole(file);
            publish(home, registry, made);
            return made;
        }
    }

    private interface Making {
        Made run() throws IOException;
    }

    /// Garbage collection keeps what the rows name, from before they are read to the end of the blobs. Who may only
    /// read does without.
    private Made held(Making making) throws IOException {
        var holding = holding();
        try {
            return making.run();
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

    private Made made(Path file, Before before) throws IOException {
        var time = before.next(clock.instant());
        try (var copy = from.copyInto(file)) {
            try (var rows = from.rows()) {
                copy.begin(rows.id());
                copy.bring(rows);
            }
            findBlobs(copy);
            var lacking = copy.lacking();
            progress.ahead(lacking.blobs(), lacking.bytes());
            copyBlobs(copy, before);
            return new Made(time, copy.end(new ManifestCheck(from.vault(), progress)::look), lacking);
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

    private void copyBlobs(MoveTarget copy, Before before) throws IOException {
        var arriving = new BlobCopy(from.blobs(), from.vault(), to.arriving(), progress, false);
        new BlobBackup(copy, arriving, to, before, progress).run(to.work().resolve(Snapshot.SUMS));
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
                new Snapshot(made.time(), registry, secrets.schema(), secrets.serverKey(), counts(made.all()), digests);
        home.put(folder + Snapshot.FILE, snapshot.json());
    }

    private static TreeMap<String, Long> counts(Moved all) {
        var counts = new TreeMap<String, Long>();
        counts.put("repositories", all.repositories());
        counts.put("images", all.images());
        counts.put("blobs", all.blobs());
        counts.put("bytes", all.bytes());
        return counts;
    }
}
