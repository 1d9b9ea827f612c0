package entrepot.server;

import entrepot.archive.BlobPlaces;
import entrepot.config.Keys;
import entrepot.config.PlaceAddress;
import entrepot.config.Storage;
import entrepot.folder.DataFolder;
import entrepot.sealing.Vault;
import entrepot.store.BackupHold;
import entrepot.store.BackupPlace;
import entrepot.store.BlobStore;
import entrepot.store.ForeignFiles;
import entrepot.store.KeyService;
import entrepot.store.MetadataStore;
import entrepot.store.MoveSource;
import entrepot.store.MoveTarget;
import entrepot.store.Reserve;
import entrepot.store.disk.DiskSpace;
import entrepot.store.memory.MemoryPieces;
import entrepot.store.seal.KeyFile;
import entrepot.store.seal.ServerKey;
import entrepot.store.watched.WatchedBlobs;
import entrepot.store.watched.WatchedKeys;
import entrepot.store.watched.WatchedMetadata;
import entrepot.watch.Watch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything that is kept, opened as the configuration says. Whoever needs a store opens it here.
public final class Stores implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Stores.class);

    private final MetadataStore metadata;
    private final Bytes bytes;
    private final KeyService keys;
    private final Vault vault;
    private final Duration memory;
    private final DiskSpace space;

    private Stores(MetadataStore metadata, Bytes bytes, KeyService keys, Duration memory, DiskSpace space) {
        this.metadata = metadata;
        this.bytes = bytes;
        this.keys = keys;
        this.memory = memory;
        this.vault = new Vault(bytes.blobs(), keys, memory, InstantSource.system());
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
        return owned(storage, folder, Watch.NONE);
    }

    /// The same for a server, which warns of stores that do not go together.
    ///
    /// @param watch is told of requests to S3
    static Stores own(Storage storage, DataFolder folder, Watch watch) throws IOException {
        Backend.warning(storage.metadata(), storage.blobs()).ifPresent(LOG::warn);
        return owned(storage, folder, watch);
    }

    private static Stores owned(Storage storage, DataFolder folder, Watch watch) throws IOException {
        var space = DiskSpace.of(folder.path());
        return opened(
                Backend.of(storage.metadata(), folder.path()).own(),
                first -> () -> Backend.of(storage, folder.path(), space, first, watch, true),
                storage.keys(),
                space);
    }

    /// The same, with each call told to a watch.
    Stores watchedBy(Watch watch) {
        return new Stores(
                new WatchedMetadata(metadata, watch), watched(watch), new WatchedKeys(keys, watch), memory, space);
    }

    private Bytes watched(Watch watch) {
        var archive = bytes.archive();
        return new Bytes(
                new WatchedBlobs(bytes.blobs(), watch), archive == null ? null : new WatchedBlobs(archive, watch));
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

    /// Has whoever serves a registry keep the bytes that a backup of it may need.
    public static BackupHold hold(Storage storage) throws IOException {
        return Backend.hold(storage.metadata(), storage.data());
    }

    /// A place of backups, to be written by this process alone.
    public static BackupPlace ownPlace(PlaceAddress address) throws IOException {
        return Backend.place(address, true);
    }

    /// The same, only to be read.
    public static BackupPlace readPlace(PlaceAddress address) throws IOException {
        return Backend.place(address, false);
    }

    /// What somebody else keeps in a bucket, only to be read.
    ///
    /// @throws IOException if that is none
    public static ForeignFiles readFiles(PlaceAddress address) throws IOException {
        return Backend.files(address);
    }

    /// The text of the key that a registry's secrets are sealed under.
    public static String serverKey(Storage storage) throws IOException {
        return Backend.serverKey(storage.metadata(), storage.data());
    }

    /// Where a copy of a registry's rows goes, in a file, with its secrets under the registry's key.
    public static MoveTarget copyInto(Storage storage, Path file) throws IOException {
        return Backend.copyInto(storage.metadata(), storage.data(), file);
    }

    /// The rows of such a copy, to be moved elsewhere; it is brought up to date.
    public static MoveSource moveFromCopy(Path file, String serverKey) {
        return Backend.copyFrom(file, serverKey);
    }

    /// Everything of a registry whose rows are such a copy, which is up to date, only to be read.
    public static Stores readCopy(Path file, String serverKey, BlobStore blobs, Storage as) throws IOException {
        return opened(
                () -> Backend.readCopy(file, serverKey),
                _ -> () -> new Bytes(blobs, null),
                as.keys(),
                DiskSpace.of(as.data()));
    }

    /// The number of the newest schema that this program knows.
    public static int schema() {
        return Backend.schema();
    }

    /// The blobs alone, for whoever owns the folder and writes each in one go.
    public static BlobStore ownBlobs(Storage storage, DataFolder folder) throws IOException {
        var space = DiskSpace.of(folder.path());
        return Backend.of(storage.blobs(), folder.path(), space, new MemoryPieces(), Watch.NONE)
                .own()
                .open();
    }

    /// All of them, only to be read, beside whoever owns the folder.
    ///
    /// @throws IOException if there is no registry, or it cannot be read
    public static Stores read(Storage storage) throws IOException {
        var space = DiskSpace.of(storage.data());
        var metadata = Backend.of(storage.metadata(), storage.data());
        if (!metadata.isReadable().getAsBoolean() || !Backend.isReadable(storage.blobs(), storage.data())) {
            throw new IOException(storage.data() + " is not the data folder of a registry, or cannot be read");
        }
        return opened(
                metadata.read(),
                first -> () -> Backend.of(storage, storage.data(), space, first, Watch.NONE, false),
                storage.keys(),
                space);
    }

    private static Stores opened(
            Backend.Opening<MetadataStore> metadata,
            Function<MetadataStore, Backend.Opening<Bytes>> bytes,
            Keys keys,
            DiskSpace space)
            throws IOException {
        var first = metadata.open();
        try {
            return new Stores(
                    first, bytes.apply(first).open(), Backend.of(keys.service(), first), keys.memory(), space);
        } catch (IOException | RuntimeException e) {
            first.close();
            throw e;
        }
    }

    public MetadataStore metadata() {
        return metadata;
    }

    public BlobStore blobs() {
        return bytes.blobs();
    }

    /// Where bytes lie, for who moves them.
    BlobPlaces places() {
        return new BlobPlaces(bytes.blobs(), bytes.archive(), vault);
    }

    public KeyService keys() {
        return keys;
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
                var _ = bytes.blobs();
                var _ = bytes.archive()) {
            keys.close();
        }
    }

    /// What is open, for people to read.
    @Override
    public String toString() {
        return "metadata: %s; blobs: %s".formatted(metadata, bytes.blobs());
    }
}
