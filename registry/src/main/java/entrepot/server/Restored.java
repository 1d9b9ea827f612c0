package entrepot.server;

import entrepot.backup.Registry.Secrets;
import entrepot.backup.Restore;
import entrepot.config.Storage;
import entrepot.folder.DataFolder;
import entrepot.folder.WorkFolder;
import entrepot.move.Move;
import entrepot.move.Progress;
import entrepot.store.BackupPlace;
import entrepot.store.MoveTarget.Moved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A snapshot on its way into stores.
public final class Restored {

    private final BackupPlace place;
    private final Restore snapshot;
    private final String serverKey;

    private Restored(BackupPlace place, Restore snapshot, String serverKey) {
        this.place = place;
        this.snapshot = snapshot;
        this.serverKey = serverKey;
    }

    /// Finds whatever is wrong before anything is written.
    ///
    /// @param keyFile has the server key of the registry that was backed up; null where that is in the snapshot
    /// @throws IOException if this program does not know it, or the key is not its key
    public static Restored of(BackupPlace place, Restore snapshot, @Nullable Path keyFile) throws IOException {
        if (snapshot.schema() > Stores.schema()) {
            throw new IOException("%s was made by a newer version of this program (schema %d)"
                    .formatted(snapshot, snapshot.schema()));
        }
        var key = keyFile == null ? snapshot.text(Secrets.SERVER_KEY) : Optional.of(Files.readString(keyFile));
        if (key.isEmpty()) {
            throw new IOException("%s has no server key: name the registry's by --server-key-file".formatted(snapshot));
        }
        if (!snapshot.isSealedUnder(key.get())) {
            throw new IOException("%s is sealed under another server key than this one".formatted(snapshot));
        }
        return new Restored(place, snapshot, key.get().strip());
    }

    /// Once for each instance.
    ///
    /// @throws IOException if it did not come to its end; what came is not lost
    public Moved into(Storage target, Progress progress) throws IOException {
        try (var folder = DataFolder.own(target.data(), Instant.now());
                var work = WorkFolder.in(folder.path());
                var blobs = Stores.ownBlobs(target, folder);
                var rows = Stores.moveInto(target, folder)) {
            var copy = work.path().resolve("metadata.db");
            snapshot.fetchRows(copy);
            return moved(copy, target, new Move.Target(blobs, rows, credentials(folder)), progress);
        }
    }

    /// Read before the rows come: its place may be far away.
    private Move.Beside credentials(DataFolder folder) throws IOException {
        var credentials = snapshot.text(Secrets.CREDENTIALS);
        return credentials.isEmpty()
                ? Move.Beside.NOTHING
                : () -> folder.credentials().bring(credentials.get());
    }

    private Moved moved(Path copy, Storage target, Move.Target into, Progress progress) throws IOException {
        try (var rows = Stores.moveFromCopy(copy, serverKey);
                var stores = Stores.readCopy(copy, serverKey, place.blobs(), target)) {
            var source =
                    new Move.Source(stores.metadata(), stores.blobs(), stores.vault(), rows, snapshot.damaged() > 0);
            return new Move(source, into, progress).run();
        }
    }
}
