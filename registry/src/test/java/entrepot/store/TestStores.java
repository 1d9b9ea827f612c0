package entrepot.store;

import entrepot.sealing.Vault;
import entrepot.store.disk.DiskBlobStore;
import entrepot.store.memory.MemoryBlobStore;
import entrepot.store.postgres.TestPostgres;
import entrepot.store.s3.TestS3;
import entrepot.store.sqlite.SqliteMetadataStore;
import entrepot.store.sqlite.SqliteReader;
import entrepot.store.tiered.TieredBlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.function.BiFunction;

/// The one place where tests come by their stores, so that a property runs them all on another backend:
/// `./test -Dentrepot.test.metadata=sqlite -Dentrepot.test.blobs=disk`. The tests of a backend itself open it
/// themselves.
public final class TestStores {

    private TestStores() {}

    /// An empty store: `memory` (SQLite's, unless told otherwise), `sqlite` (a file) or `postgres`.
    public static MetadataStore metadata() {
        return metadata(System.getProperty("entrepot.test.metadata", "memory"));
    }

    /// The one of that name.
    public static MetadataStore metadata(String backend) {
        return switch (backend) {
            case "memory" -> SqliteMetadataStore.inMemory();
            case "sqlite" -> metadataIn(newFolder());
            case "postgres" -> TestPostgres.store();
            default -> throw unknown("entrepot.test.metadata", "memory, sqlite or postgres", backend);
        };
    }

    /// What servers are told that share an empty database, beside where they have their own things.
    ///
    /// @param folder for the key that they share
    public static Map<String, String> database(Path folder) {
        return TestPostgres.settings(folder);
    }

    /// The same, of a database that is reached by this way, which can be cut.
    public static Map<String, String> database(Path folder, Line line) {
        return TestPostgres.settings(folder, line);
    }

    /// What servers are told that share a bare database, whose user has this password.
    public static Map<String, String> guardedDatabase(Path folder, String password) {
        return TestPostgres.settings(folder, TestPostgres.guarded(password));
    }

    /// A way to the server of such databases.
    public static Line lineToDatabase() {
        return TestPostgres.line();
    }

    /// What servers are told that share an empty part of a bucket.
    ///
    /// @param folder for the secret that they ask it with
    public static Map<String, String> bucket(Path folder) {
        return TestS3.settings(folder);
    }

    /// The same, of a bucket that is reached by this way, which can be cut.
    public static Map<String, String> bucket(Path folder, Line line) {
        return TestS3.settings(folder, line);
    }

    /// Opens the same empty part of a bucket, as often as it is asked.
    public static BiFunction<MetadataStore, Path, BlobStore> sharedBlobs() {
        var place = TestS3.place();
        return (metadata, spool) -> TestS3.store(place, metadata, spool);
    }

    /// The files of a folder, put into a bucket by somebody else.
    public static ForeignFiles filesInBucket(Path folder) throws IOException {
        return TestS3.filesOf(folder);
    }

    /// A way to the server of such buckets.
    public static Line lineToBucket() {
        return TestS3.line();
    }

    /// An empty store: `memory` (unless told otherwise), `disk` or `s3`.
    public static BlobStore blobs() {
        return blobs(System.getProperty("entrepot.test.blobs", "memory"));
    }

    /// Two of them, of which one is the archive.
    public static BlobStore withArchive(BlobStore first, BlobStore archive) {
        return new TieredBlobStore(first, archive);
    }

    static BlobStore blobs(String backend) {
        return switch (backend) {
            case "memory" -> new MemoryBlobStore();
            case "disk" -> blobsIn(newFolder());
            case "s3" -> TestS3.store(SqliteMetadataStore.inMemory(), newFolder());
            default -> throw unknown("entrepot.test.blobs", "memory, disk or s3", backend);
        };
    }

    /// Blobs of which none is sealed, since there is no key to do it with.
    public static Vault vault(BlobStore blobs) {
        return new Vault(blobs, new NoKeyService(), Duration.ZERO, InstantSource.system());
    }

    /// The metadata of a server that has `data`, before it starts, or as nobody but its owner may open it.
    public static MetadataStore metadataIn(Path data) {
        return SqliteMetadataStore.open(data.resolve("metadata.db"));
    }

    /// The same to be read only, while a server has it open or not.
    public static MetadataStore readerIn(Path data) {
        return new SqliteReader(data.resolve("metadata.db"));
    }

    /// The blobs of a server that has `data`.
    public static BlobStore blobsIn(Path data) {
        try {
            return new DiskBlobStore(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IllegalArgumentException unknown(String property, String known, String backend) {
        return new IllegalArgumentException("%s is %s, not '%s'".formatted(property, known, backend));
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory(Folder.OF_ALL, "store");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Gone when the tests are over.
    private static final class Folder {

        static final Path OF_ALL = create();

        private static Path create() {
            try {
                var folder = Files.createTempDirectory("entrepot-tests");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
                return folder;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(Path folder) {
            try (var paths = Files.walk(folder)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
