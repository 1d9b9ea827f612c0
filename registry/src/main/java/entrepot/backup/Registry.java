package entrepot.backup;

import entrepot.domain.Digest;
import entrepot.sealing.Vault;
import entrepot.store.BackupHold;
import entrepot.store.BlobStore;
import entrepot.store.MoveSource;
import entrepot.store.MoveTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// A registry that is backed up.
public interface Registry {

    BlobStore blobs();

    Vault vault();

    /// Its rows. What is read of them is of one moment, and of none that was before.
    MoveSource rows() throws IOException;

    /// Where its rows go in a new file of SQLite's, with its secrets under its own server key.
    MoveTarget copyInto(Path file) throws IOException;

    Secrets secrets();

    /// Has garbage collection keep what is deleted from now on.
    BackupHold hold() throws IOException;

    /// See [MoveSource#id].
    default String id() throws IOException {
        try (var rows = rows()) {
            return rows.id();
        }
    }

    /// What it has besides its stores.
    ///
    /// @param schema the number of the newest script that made its tables
    /// @param serverKey the digest of the server's key
    /// @param along the texts of the files that go along, by their names
    record Secrets(int schema, Digest serverKey, Map<String, String> along) {

        public static final String SERVER_KEY = Snapshot.SERVER_KEY;
        public static final String CREDENTIALS = Snapshot.CREDENTIALS;

        /// Of a key as it stands in its file.
        public static Digest digest(String serverKey) {
            return Home.digest(serverKey.strip());
        }

        /// Without the texts, so that no log can hold them.
        @Override
        public String toString() {
            return "Secrets" + along.keySet();
        }
    }
}
