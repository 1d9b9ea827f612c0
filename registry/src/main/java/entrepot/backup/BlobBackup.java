package entrepot.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import entrepot.domain.BlobKey;
import entrepot.move.AtOnce;
import entrepot.move.BlobCopy;
import entrepot.move.Progress;
import entrepot.store.BackupPlace;
import entrepot.store.Layers.Blob;
import entrepot.store.MoveTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/// Copies the blobs that rows name and the place lacks, and writes down what the bytes of each are. One that is damaged
/// where it lies does not come, and holds no other back.
///
/// @param copy into where blobs come in
/// @param damage what is wrong with those that cannot be copied
/// @param whole those that are marked as damaged, and are whole in the place
record BlobBackup(
        MoveTarget rows,
        BlobCopy copy,
        BackupPlace to,
        Before before,
        Progress progress,
        Map<BlobKey, String> damage,
        Set<BlobKey> whole) {

    BlobBackup(MoveTarget rows, BlobCopy copy, BackupPlace to, Before before, Progress progress) {
        this(rows, copy, to, before, progress, new ConcurrentHashMap<>(), ConcurrentHashMap.newKeySet());
    }

    private static final int PAGE = 500;

    /// @throws IOException if a store fails
    void run(Path sums) throws IOException {
        try (var lines = Files.newBufferedWriter(sums, US_ASCII);
                var threads = new AtOnce()) {
            for (var page = rows.blobs("", PAGE); !page.isEmpty(); page = after(page)) {
                var found = threads.run(works(page));
                for (var sum : found) {
                    lines.write(sum.map(Sum::line).orElse(""));
                }
                arrive(found);
            }
        }
    }

    private List<Blob> after(List<Blob> page) {
        return rows.blobs(page.getLast().key().value(), PAGE);
    }

    private List<Callable<Optional<Sum>>> works(List<Blob> page) throws IOException {
        var there = rows.arrived(page.stream().map(Blob::key).toList());
        var works = new ArrayList<Callable<Optional<Sum>>>();
        for (var blob : page) {
            works.add(there.contains(blob.key()) ? there(blob) : () -> copied(blob));
        }
        return works;
    }

    /// Of a sealed one that came with a backup that was cut off, nothing is known but its bytes.
    private Callable<Optional<Sum>> there(Blob blob) throws IOException {
        if (blob.keys() == null) {
            note(blob);
            return () -> Optional.of(new Sum(blob.key(), blob.size(), blob.digest()));
        }
        var known = before.sum(blob.key());
        return known.isPresent() ? () -> known : () -> Optional.of(read(blob));
    }

    private void note(Blob blob) {
        if (blob.damage() != null) {
            whole.add(blob.key());
        }
    }

    private Sum read(Blob blob) throws IOException {
        var found = BlobCopy.read(to.blobs(), blob.key(), blob.digest().algorithm());
        return new Sum(blob.key(), found.size(), found.digest());
    }

    /// Empty if it cannot be.
    private Optional<Sum> copied(Blob blob) throws IOException {
        return switch (copy.copy(blob)) {
            case BlobCopy.Damaged damaged -> {
                progress.say("blob %s: %s".formatted(blob.digest(), damaged.why()));
                damage.put(blob.key(), damaged.why());
                yield Optional.empty();
            }
            case BlobCopy.Whole came -> {
                to.publish(blob.key());
                if (came.isSeen()) {
                    note(blob);
                }
                progress.blob();
                yield Optional.of(new Sum(blob.key(), came.size(), came.digest()));
            }
        };
    }

    private void arrive(List<Optional<Sum>> found) {
        var keys = new ArrayList<BlobKey>();
        found.forEach(sum -> sum.ifPresent(one -> keys.add(one.key())));
        keys.removeAll(rows.arrived(keys));
        rows.arrive(keys);
    }
}
