package entrepot.backup;

import entrepot.domain.Digest;
import entrepot.store.BackupPlace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// One snapshot of a place, to be moved into stores: that is a move whose source is the place.
public final class Restore {

    private final Home home;
    private final Snapshot snapshot;

    private Restore(Home home, Snapshot snapshot) {
        this.home = home;
        this.snapshot = snapshot;
    }

    /// The newest snapshot, or the newest that is not after a time.
    ///
    /// @throws IOException if there is none, or it is damaged
    public static Restore of(BackupPlace place, Optional<Instant> at) throws IOException {
        var home = new Home(place);
        home.registry();
        var folder = home.snapshots().reversed().stream()
                .filter(one -> at.isEmpty() || !Snapshot.time(one).isAfter(at.get()))
                .findFirst()
                .orElseThrow(() -> new IOException("%s holds no snapshot%s"
                        .formatted(
                                place,
                                at.map(time -> " that is not after " + time).orElse(""))));
        return new Restore(home, home.snapshot(folder));
    }

    public Instant time() {
        return snapshot.time();
    }

    /// How many blobs that its rows name are not in it, and marked there, since they were damaged in the registry.
    public long damaged() {
        return snapshot.damaged();
    }

    /// The number of the newest script that made its tables.
    public int schema() {
        return snapshot.schema();
    }

    /// The text of one of the files that may have gone along.
    ///
    /// @throws IOException if it is damaged
    public Optional<String> text(String file) throws IOException {
        if (!snapshot.files().containsKey(file)) {
            return Optional.empty();
        }
        var bytes = new ByteArrayOutputStream();
        home.read(snapshot, file, bytes);
        return Optional.of(bytes.toString(StandardCharsets.UTF_8));
    }

    /// Whether its secrets are sealed under this key.
    public boolean isSealedUnder(String serverKey) {
        Digest digest = Registry.Secrets.digest(serverKey);
        return snapshot.serverKey().equals(digest);
    }

    /// Copies the rows into a file.
    ///
    /// @throws IOException if they are damaged
    public void fetchRows(Path file) throws IOException {
        home.fetch(snapshot, Snapshot.METADATA, file);
    }

    @Override
    public String toString() {
        return "snapshot of %s in %s".formatted(snapshot.time(), home.place());
    }
}
