package entrepot.server;

import entrepot.config.Keys;
import entrepot.config.Storage;
import entrepot.folder.DataFolder;
import entrepot.sealing.Vault;
import entrepot.store.BlobStore;
import entrepot.store.KeyService;
import entrepot.store.MetadataStore;
import entrepot.store.MoveSource;
import entrepot.store.MoveTarget;
import entrepot.store.Reserve;
import entrepot.store.disk.DiskSpace;
import entrepot.store.seal.KeyFile;
import entrepot.store.seal.ServerKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// Everything that is kept, opened as the configuration says. Whoever needs a store opens it here.
public final class Stores implements AutoCloseable {

    private final MetadataStore metadata;
    private final BlobStore blobs;
    private final KeyService keys;
    private final Vault vault;
    private final DiskSpace space;

    private Stores(MetadataStore metadata, BlobStore blobs, KeyService keys, Duration memory, DiskSpace space) {
        this.metadata = metadata;
        this.blobs = blobs;
        this.keys = keys;
        this.vault = new Vault(blobs, keys, memory, InstantSource.system());
        this.space = space;
    }

    /// Whether there is a registry to open. Nothing is made.
    public static boolean exist(Storage storage) {
        return Backend.of(storage.metadata(), storage.data()).isThere().getAsBoolean();
    }

    /// A new key to seal secrets under, as a line of text.
    public static String newServerKey() {
        return ServerKey.random();
    }

    /// The same, into a file for its owner alone.
    public static void writeServerKey(Path file) throws IOException {
        KeyFile.write(file.toAbsolutePath(), ServerKey.random());
    }

    /// All of them, for whoever owns the folder.
    ///
    /// @throws IOException if one cannot be opened; none is open then
    public static Stores own(Storage storage, DataFolder folder) throws IOException {
        var space = DiskSpace.of(folder.path());
        return opened(
                Backend.of(storage.metadata(), folder.path()).own(),
                Backend.of(storage.blobs(), folder.path(), space).own(),
                storage.keys(),
                space);
    }

    /// The metadata alone, for whoever owns the folder.
    public static MetadataStore ownMetadata(Storage storage, DataFolder folder) throws IOException {
        return Backend.of(storage.metadata(), folder.path()).own().open();
    }

    /// The rows of a registry that nobody serves, to be moved elsewhere.
    public static MoveSource moveFrom(Storage storage) throws IOException {
        return Backend.moveFrom(storage.metadata(), storage.data());
    }

    /// Where the rows of one go that comes from elsewhere, for whoever owns the folder.
    public static MoveTarget moveInto(Storage storage, DataFolder folder) throws IOException {
        return Backend.moveInto(storage.metadata(), folder.path());
    }

    /// The blobs alone, for whoever owns the folder.
    public static BlobStore ownBlobs(Storage storage, DataFolder folder) throws IOException {
        return Backend.of(storage.blobs(), folder.path(), DiskSpace.of(folder.path()))
                .own()
                .open();
    }

    /// All of them, only to be read, beside whoever owns the folder.
    ///
    /// @throws IOException if there is no registry, or it cannot be read
    public static Stores read(Storage storage) throws IOException {
        var space = DiskSpace.of(storage.data());
        var metadata = Backend.of(storage.metadata(), storage.data());
        var blobs = Backend.of(storage.blobs(), storage.data(), space);
        if (!metadata.isReadable().getAsBoolean() || !blobs.isReadable().getAsBoolean()) {
            throw new IOException(storage.data() + " is not the data folder of a registry, or cannot be read");
        }
        return opened(metadata.read(), blobs.read(), storage.keys(), space);
    }

    private static Stores opened(
            Backend.Opening<MetadataStore> metadata, Backend.Opening<BlobStore> blobs, Keys keys, DiskSpace space)
            throws IOException {
        var first = metadata.open();
        try {
            return new Stores(first, blobs.open(), Backend.of(keys.service(), first), keys.memory(), space);
        } catch (IOException | RuntimeException e) {
            first.close();
            throw e;
        }
    }

    public MetadataStore metadata() {
        return metadata;
    }

    public BlobStore blobs() {
        return blobs;
    }

    /// The blobs, and what else customers bring, as they may be written and read.
    public Vault vault() {
        return vault;
    }

    /// What is left free of this machine's disk, whichever stores are elsewhere.
    public Reserve reserve() {
        return space;
    }

    /// The same, whether any store is open.
    static Reserve reserveOf(DataFolder folder) throws IOException {
        return DiskSpace.of(folder.path());
    }

    /// The metadata goes last: what ends before it may still have something to write down.
    @Override
    public void close() {
        try (metadata;
                blobs) {
            keys.close();
        }
    }

    /// What is open, for people to read.
    @Override
    public String toString() {
        return "metadata: %s; blobs: %s".formatted(metadata, blobs);
    }
}
