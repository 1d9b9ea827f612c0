package entrepot.backup;

import entrepot.move.AtOnce;
import entrepot.move.BlobCopy;
import entrepot.move.Progress;
import entrepot.store.BackupPlace;
import entrepot.store.NoSuchBlobException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Says of each file of a place of backups whether it is whole. Needs no registry, and no key.
///
/// @param work a folder for copies of sums
public record Verification(BackupPlace place, Path work, Progress progress) {

    private static final int PAGE = 500;

    /// What there is.
    ///
    /// @param problems each of which had a line
    public record Summary(int snapshots, long blobs, long bytes, long problems) {}

    /// Reads everything.
    ///
    /// @throws IOException if there is no place of backups, or a store fails
    public Summary run() throws IOException {
        var home = new Home(place);
        var registry = home.registry();
        var sums = new ArrayList<Path>();
        long problems = 0;
        var folders = home.snapshots();
        for (var folder : folders) {
            problems += verify(home, folder, registry, sums);
        }
        for (var folder : home.unfinished()) {
            progress.say("note: %s was never finished, or removed by half".formatted(folder));
        }
        var all = ahead(sums);
        return new Summary(folders.size(), all.blobs(), all.bytes(), problems + blobs(sums));
    }

    /// How many problems there are with the files of a snapshot. Its sums are added, if they are whole.
    private long verify(Home home, String folder, String registry, List<Path> sums) throws IOException {
        Snapshot snapshot;
        try {
            snapshot = home.snapshot(folder);
        } catch (IOException e) {
            return problem(String.valueOf(e.getMessage()));
        }
        long problems = snapshot.registry().equals(registry) ? 0 : problem(folder + " is of another registry");
        if (snapshot.damaged() > 0) {
            problems += problem(
                    "%s lacks %d blobs, which were damaged in the registry".formatted(folder, snapshot.damaged()));
        }
        for (var file : snapshot.files().keySet()) {
            var copy = work.resolve("sums-" + sums.size());
            try (var into =
                    file.equals(Snapshot.SUMS) ? Files.newOutputStream(copy) : OutputStream.nullOutputStream()) {
                home.read(snapshot, file, into);
                if (file.equals(Snapshot.SUMS)) {
                    sums.add(copy);
                }
            } catch (IOException e) {
                problems += problem(String.valueOf(e.getMessage()));
            }
        }
        return problems;
    }

    private long problem(String line) {
        progress.say(line);
        return 1;
    }

    private Summary ahead(List<Path> sums) throws IOException {
        long blobs = 0;
        long bytes = 0;
        try (var merged = new MergedSums(sums)) {
            for (var sum = merged.next(); sum.isPresent(); sum = merged.next()) {
                blobs++;
                bytes += sum.get().size();
            }
        }
        progress.ahead(blobs, bytes);
        return new Summary(0, blobs, bytes, 0);
    }

    private long blobs(List<Path> sums) throws IOException {
        long problems = 0;
        try (var merged = new MergedSums(sums);
                var threads = new AtOnce()) {
            for (var page = page(merged); !page.isEmpty(); page = page(merged)) {
                for (var found : threads.run(page)) {
                    problems += found.map(this::problem).orElse(0L);
                }
            }
        }
        return problems;
    }

    private List<Callable<Optional<String>>> page(MergedSums sums) throws IOException {
        var page = new ArrayList<Callable<Optional<String>>>();
        for (var sum = sums.next(); sum.isPresent(); sum = page.size() < PAGE ? sums.next() : Optional.empty()) {
            var one = sum.get();
            page.add(() -> problem(one));
        }
        return page;
    }

    private Optional<String> problem(Sum sum) throws IOException {
        try {
            var found = BlobCopy.read(place.blobs(), sum.key(), sum.digest().algorithm());
            return found.size() == sum.size() && found.digest().equals(sum.digest())
                    ? Optional.empty()
                    : Optional.of("blob %s is damaged: %d bytes of %s, not %d of %s"
                            .formatted(sum.key(), found.size(), found.digest(), sum.size(), sum.digest()));
        } catch (NoSuchBlobException e) {
            return Optional.of("blob %s is gone".formatted(sum.key()));
        } finally {
            progress.bytes(sum.size());
            progress.blob();
        }
    }
}
