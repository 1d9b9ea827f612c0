package entrepot.server;

import entrepot.config.BlobKind;
import entrepot.config.KeyServiceKind;
import entrepot.config.MetadataKind;
import entrepot.config.PlaceAddress;
import entrepot.config.Secret;
import entrepot.config.Storage;
import entrepot.folder.DataFolder;
import entrepot.http.body.SpoolFolder;
import entrepot.operation.key.RepositoryKeys;
import entrepot.store.BackupHold;
import entrepot.store.BackupPlace;
import entrepot.store.BlobStore;
import entrepot.store.ForeignFiles;
import entrepot.store.KeyService;
import entrepot.store.MetadataStore;
import entrepot.store.MoveSource;
import entrepot.store.MoveTarget;
import entrepot.store.NoKeyService;
import entrepot.store.PieceRows;
import entrepot.store.awskms.AwsKeyService;
import entrepot.store.awskms.AwsKms;
import entrepot.store.disk.DiskBackup;
import entrepot.store.disk.DiskBlobStore;
import entrepot.store.disk.DiskSpace;
import entrepot.store.memory.MemoryPieces;
import entrepot.store.postgres.PostgresMetadataStore;
import entrepot.store.postgres.PostgresMove;
import entrepot.store.postgres.PostgresPlace;
import entrepot.store.s3.NewFiles;
import entrepot.store.s3.S3Backup;
import entrepot.store.s3.S3BlobStore;
import entrepot.store.s3.S3Files;
import entrepot.store.s3.S3Place;
import entrepot.store.seal.ServerKey;
import entrepot.store.sql.Scripts;
import entrepot.store.sqlite.SqliteMetadataStore;
import entrepot.store.sqlite.SqliteMove;
import entrepot.store.sqlite.SqliteReader;
import entrepot.store.tiered.TieredBlobStore;
import entrepot.watch.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What a kind of store is opened by. No other class names a backend. What most have is told by `instanceof` before the
/// switch over all kinds, for which the JVM makes a class, and a start would wait for that.
///
/// @param isThere whether it was made already
/// @param isReadable whether it is there, and this process may read it
/// @param own opens it for its one owner, and makes it if it is not there
/// @param read opens it beside its owner, only to be read
record Backend<T>(BooleanSupplier isThere, BooleanSupplier isReadable, Opening<T> own, Opening<T> read) {

    interface Opening<T> {
        T open() throws IOException;
    }

    /// @param data the data folder
    static Backend<MetadataStore> of(MetadataKind kind, Path data) {
        if (kind instanceof MetadataKind.Sqlite sqlite) {
            return sqlite(sqlite, DataFolder.metadata(data));
        }
        return switch (kind) {
            case MetadataKind.Sqlite sqlite -> sqlite(sqlite, DataFolder.metadata(data));
            case MetadataKind.Postgres postgres ->
                new Backend<>(
                        () -> true,
                        () -> true,
                        () -> PostgresMetadataStore.open(place(postgres), given(postgres)),
                        () -> PostgresMetadataStore.openReader(place(postgres), given(postgres)));
        };
    }

    private static Backend<MetadataStore> sqlite(MetadataKind.Sqlite kind, Path file) {
        return new Backend<>(
                () -> Files.exists(file),
                () -> Files.isReadable(file),
                () -> SqliteMetadataStore.open(file, serverKey(kind, file)),
                () -> new SqliteReader(file, serverKey(kind, file)));
    }

    private static ServerKey serverKey(MetadataKind.Sqlite kind, Path file) throws IOException {
        return kind.serverKey() == null ? ServerKey.beside(file) : serverKey(kind.serverKey());
    }

    /// The registry that is kept so, to be moved elsewhere.
    static MoveSource moveFrom(MetadataKind kind, Path data) throws IOException {
        var file = DataFolder.metadata(data);
        return switch (kind) {
            case MetadataKind.Sqlite sqlite -> SqliteMove.source(file, serverKey(sqlite, file));
            case MetadataKind.Postgres postgres -> PostgresMove.source(place(postgres), given(postgres));
        };
    }

    /// Beside whoever serves what is kept so.
    static BackupHold hold(MetadataKind kind, Path data) throws IOException {
        return switch (kind) {
            case MetadataKind.Sqlite _ -> SqliteMove.hold(DataFolder.metadata(data));
            case MetadataKind.Postgres postgres -> PostgresMove.hold(place(postgres));
        };
    }

    /// Where one is to be kept so that comes from elsewhere.
    static MoveTarget moveInto(MetadataKind kind, Path data) throws IOException {
        var file = DataFolder.metadata(data);
        return switch (kind) {
            case MetadataKind.Sqlite sqlite -> SqliteMove.target(file, serverKey(sqlite, file));
            case MetadataKind.Postgres postgres -> PostgresMove.target(place(postgres), given(postgres));
        };
    }

    /// Where a copy of the rows goes, with its secrets under the same server key as those that are kept so.
    static MoveTarget copyInto(MetadataKind kind, Path data, Path file) throws IOException {
        return SqliteMove.target(file, copied(serverKey(kind, data)));
    }

    private static ServerKey copied(String text) {
        return new ServerKey.Given(text, "the server key");
    }

    /// The text of the key that secrets are sealed under.
    static String serverKey(MetadataKind kind, Path data) throws IOException {
        var given = kind.serverKey();
        return given == null
                ? Files.readString(DataFolder.metadata(data).resolveSibling("server.key"))
                        .strip()
                : given.read();
    }

    /// The rows of a copy, which are brought up to date.
    static MoveSource copyFrom(Path file, String serverKey) {
        SqliteMove.upgrade(file);
        return SqliteMove.source(file, copied(serverKey));
    }

    /// The same as they are read.
    static MetadataStore readCopy(Path file, String serverKey) {
        return new SqliteReader(file, copied(serverKey));
    }

    /// The number of the newest script that this program makes tables by.
    static int schema() {
        return Scripts.latest();
    }

    /// A place of backups.
    ///
    /// @param isOwn whether it is to be written
    static BackupPlace place(PlaceAddress address, boolean isOwn) throws IOException {
        return switch (address) {
            case PlaceAddress.Folder folder -> isOwn ? DiskBackup.own(folder.path()) : DiskBackup.read(folder.path());
            case PlaceAddress.Bucket bucket -> S3Backup.at(place(bucket.kind()), new MemoryPieces());
        };
    }

    /// What somebody else keeps.
    static ForeignFiles files(PlaceAddress address) throws IOException {
        return switch (address) {
            case PlaceAddress.Folder folder -> throw new IOException(folder.path() + " is not in a bucket");
            case PlaceAddress.Bucket bucket -> S3Files.at(place(bucket.kind()));
        };
    }

    private static PostgresPlace place(MetadataKind.Postgres kind) throws IOException {
        var password = kind.password() == null ? "" : kind.password().read();
        return new PostgresPlace(
                kind.url(), kind.user(), password, kind.pool(), PostgresPlace.Times.of(kind.timeout()));
    }

    private static ServerKey given(MetadataKind.Postgres kind) throws IOException {
        if (kind.serverKey() == null) {
            throw new IOException("server-key-file is needed with PostgreSQL: all nodes have the same;"
                    + " 'entrepot server-key' makes one");
        }
        return serverKey(kind.serverKey());
    }

    private static ServerKey serverKey(Secret secret) throws IOException {
        return new ServerKey.Given(secret.read(), secret.place());
    }

    /// @param metadata where a built-in one keeps its keys
    /// @throws IOException if the secret that it is asked with cannot be read
    static KeyService of(KeyServiceKind kind, MetadataStore metadata) throws IOException {
        if (kind instanceof KeyServiceKind.Local) {
            return local(metadata);
        }
        return switch (kind) {
            case KeyServiceKind.Local _ -> local(metadata);
            case KeyServiceKind.None _ -> new NoKeyService();
            case KeyServiceKind.Aws aws ->
                new AwsKeyService(new AwsKms(aws.endpoint(), aws.region(), credentials(aws.credentials())));
        };
    }

    private static KeyService local(MetadataStore metadata) {
        return new RepositoryKeys(metadata, InstantSource.system());
    }

    private static AwsKms.@Nullable Credentials credentials(KeyServiceKind.@Nullable Credentials given)
            throws IOException {
        return given == null
                ? null
                : new AwsKms.Credentials(
                        given.accessKeyId(),
                        Files.readString(given.secretAccessKey()).strip());
    }

    /// What to tell of kinds of which one can be shared and the other cannot.
    static Optional<String> warning(MetadataKind metadata, BlobKind blobs) {
        if (metadata instanceof MetadataKind.Postgres && blobs instanceof BlobKind.Disk) {
            return Optional.of(
                    "metadata in PostgreSQL, blobs on this disk: one node alone, or all on a shared file system");
        }
        return metadata instanceof MetadataKind.Sqlite && blobs instanceof BlobKind.S3
                ? Optional.of("metadata in SQLite, blobs in S3: one node alone may use this bucket and prefix")
                : Optional.empty();
    }

    /// Whether blobs are there, and this process may read them, as far as that is known before they are opened.
    static boolean isReadable(BlobKind kind, Path data) {
        return switch (kind) {
            case BlobKind.Disk _ -> Files.isDirectory(data.resolve("blobs"));
            case BlobKind.S3 _ -> true;
        };
    }

    /// @param data the data folder
    /// @param space what blobs leave free there
    /// @param pieces where those are kept of blobs that are on their way into S3
    /// @param watch is told of requests to S3
    static Backend<BlobStore> of(BlobKind kind, Path data, DiskSpace space, PieceRows pieces, Watch watch) {
        BooleanSupplier isReadable = () -> isReadable(kind, data);
        if (kind instanceof BlobKind.Disk) {
            return files(isReadable, data, space);
        }
        return switch (kind) {
            case BlobKind.Disk _ -> files(isReadable, data, space);
            case BlobKind.S3 s3 ->
                new Backend<>(
                        isReadable,
                        isReadable,
                        () -> ownBucket(s3, spool(data, space), pieces, watch),
                        () -> bucket(s3, spool(data, space), pieces, watch));
        };
    }

    private static Backend<BlobStore> files(BooleanSupplier isReadable, Path data, DiskSpace space) {
        return new Backend<>(
                isReadable, isReadable, () -> new DiskBlobStore(data, space), () -> new DiskBlobStore(data, space));
    }

    /// The same, with the archive beside them.
    ///
    /// @param metadata which are open, tell what is in the archive, and keep pieces that are on their way into S3
    /// @param isOwn whether they are to be written
    static Bytes of(Storage storage, Path data, DiskSpace space, MetadataStore metadata, Watch watch, boolean isOwn)
            throws IOException {
        var pieces = PieceRows.in(metadata);
        var backend = of(storage.blobs(), data, space, pieces, watch);
        var blobs = (isOwn ? backend.own() : backend.read()).open();
        try {
            if (storage.blobs() instanceof BlobKind.Disk) {
                return besideFiles(blobs, storage, data, metadata, isOwn);
            }
            return switch (storage.blobs()) {
                case BlobKind.Disk _ -> besideFiles(blobs, storage, data, metadata, isOwn);
                case BlobKind.S3 s3 ->
                    besideObjects(
                            blobs,
                            storage.archive().storageClass(),
                            of -> bucket(s3.ofClass(of), spool(data, space), pieces, watch));
            };
        } catch (IOException | RuntimeException e) {
            blobs.close();
            throw e;
        }
    }

    private static Bytes besideFiles(BlobStore blobs, Storage storage, Path data, MetadataStore metadata, boolean isOwn)
            throws IOException {
        var folder = storage.archive().disk();
        if (folder == null) {
            return new Bytes(blobs, null);
        }
        var archive = new ArchiveFolder(folder, id(storage.metadata(), data)).open(metadata, isOwn);
        return new Bytes(new TieredBlobStore(blobs, archive), archive);
    }

    /// What no other registry has.
    private static String id(MetadataKind kind, Path data) throws IOException {
        try (var rows = moveFrom(kind, data)) {
            return rows.id();
        }
    }

    private interface OfClass {
        BlobStore open(String storageClass) throws IOException;
    }

    /// Objects of any class are read alike.
    private static Bytes besideObjects(BlobStore blobs, @Nullable String storageClass, OfClass bucket)
            throws IOException {
        return new Bytes(blobs, storageClass == null ? null : bucket.open(storageClass));
    }

    /// Bytes on their way leave on the disk what blobs leave there.
    private static NewFiles spool(Path data, DiskSpace space) {
        var folder = SpoolFolder.in(data.resolve("spool"));
        return () -> {
            space.require();
            return folder.newFile();
        };
    }

    private static BlobStore ownBucket(BlobKind.S3 kind, NewFiles spool, PieceRows pieces, Watch watch)
            throws IOException {
        var store = bucket(kind, spool, pieces, watch);
        try {
            store.require();
            return store;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static S3BlobStore bucket(BlobKind.S3 kind, NewFiles spool, PieceRows pieces, Watch watch)
            throws IOException {
        return S3BlobStore.at(
                place(kind),
                pieces,
                spool,
                (request, outcome, time) -> watch.done(Watch.Kind.S3, request, outcome, time));
    }

    private static S3Place place(BlobKind.S3 kind) throws IOException {
        var endpoint = new S3Place.Endpoint(kind.endpoint(), kind.region(), kind.pathStyle(), kind.timeout());
        var given = kind.credentials();
        var credentials = given == null
                ? null
                : new S3Place.Credentials(
                        given.accessKeyId(), given.secretAccessKey().read());
        return new S3Place(kind.bucket(), kind.prefix(), endpoint, credentials, kind.storageClass(), kind.redirect());
    }
}
