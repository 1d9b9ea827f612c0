package entrepot.server;

import entrepot.backup.Registry;
import entrepot.config.Storage;
import entrepot.folder.CredentialsFile;
import entrepot.sealing.Vault;
import entrepot.store.BackupHold;
import entrepot.store.BlobStore;
import entrepot.store.MoveSource;
import entrepot.store.MoveTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A registry that is backed up, as its configuration says where it is.
public final class BackedUp implements Registry {

    private final Storage storage;
    private final Stores stores;
    private final Secrets secrets;

    /// @param withServerKey whether the key, and the folder's credentials, go along
    public BackedUp(Storage storage, Stores stores, boolean withServerKey) throws IOException {
        this.storage = storage;
        this.stores = stores;
        var key = Stores.serverKey(storage);
        this.secrets = new Secrets(
                Stores.schema(), Secrets.digest(key), withServerKey ? along(storage.data(), key) : Map.of());
    }

    private static Map<String, String> along(Path data, String key) throws IOException {
        var along = new HashMap<>(Map.of(Secrets.SERVER_KEY, key + "\n"));
        var credentials = CredentialsFile.in(data).path();
        if (Files.exists(credentials)) {
            along.put(Secrets.CREDENTIALS, Files.readString(credentials));
        }
        return along;
    }

    @Override
    public BlobStore blobs() {
        return stores.blobs();
    }

    @Override
    public Vault vault() {
        return stores.vault();
    }

    @Override
    public MoveSource rows() throws IOException {
        return Stores.moveFrom(storage);
    }

    @Override
    public MoveTarget copyInto(Path file) throws IOException {
        return Stores.copyInto(storage, file);
    }

    @Override
    public BackupHold hold() throws IOException {
        return Stores.hold(storage);
    }

    @Override
    public Secrets secrets() {
        return secrets;
    }
}
