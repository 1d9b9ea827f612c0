package entrepot.store.s3;

import entrepot.http.body.SpoolFolder;
import entrepot.store.ForeignFiles;
import entrepot.store.Line;
import entrepot.store.MetadataStore;
import entrepot.store.PieceRows;
import entrepot.store.memory.MemoryPieces;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/// A server that speaks as S3 does: s3proxy in this process, which checks signatures, or the one that
/// `-Dentrepot.test.s3.endpoint` names, with the keys of `entrepot.test.s3.id` and `entrepot.test.s3.secret`. It lasts
/// as long as the tests.
public final class TestS3 {

    public static final String ID = System.getProperty("entrepot.test.s3.id", "test-access-key");
    public static final String SECRET = System.getProperty("entrepot.test.s3.secret", "test-secret-key");
    public static final String BUCKET = System.getProperty("entrepot.test.s3.bucket", "entrepot-test");

    private static final URI ENDPOINT = endpoint();

    private TestS3() {}

    /// A store of its own, which is empty.
    public static S3BlobStore store(MetadataStore metadata, Path spool) {
        return store(place(), metadata, spool, Watch.NOBODY);
    }

    static S3BlobStore store(S3Place place, MetadataStore metadata, Path spool, Watch watch) {
        return S3BlobStore.at(place, PieceRows.in(metadata), SpoolFolder.in(spool)::newFile, watch);
    }

    /// The same, for one process.
    static S3BlobStore store(S3Place place, MemoryPieces pieces, Path spool) {
        return S3BlobStore.at(place, pieces, SpoolFolder.in(spool)::newFile, Watch.NOBODY);
    }

    /// The store at a place, as one of several nodes opens it.
    public static S3BlobStore store(S3Place place, MetadataStore metadata, Path spool) {
        return store(place, metadata, spool, Watch.NOBODY);
    }

    /// A prefix of its own in the bucket of all tests.
    public static S3Place place() {
        return place(ENDPOINT, BUCKET, new S3Place.Credentials(ID, SECRET));
    }

    /// Part of the bucket with the files of a folder, as somebody else has put them there.
    public static ForeignFiles filesOf(Path folder) throws IOException {
        var place = place();
        try (var bucket = S3Backup.at(place, new MemoryPieces());
                var paths = Files.walk(folder)) {
            for (var file : paths.filter(Files::isRegularFile).toList()) {
                bucket.put(folder.relativize(file).toString(), file);
            }
        }
        return S3Files.at(place);
    }

    static S3Place place(URI endpoint, String bucket, S3Place.Credentials credentials) {
        return new S3Place(
                bucket,
                UUID.randomUUID() + "/",
                new S3Place.Endpoint(endpoint, "us-east-1", true, Duration.ofSeconds(30)),
                credentials,
                null,
                false);
    }

    /// What servers are told that share a place.
    ///
    /// @param folder for the secret
    public static Map<String, String> settings(Path folder) {
        return settings(folder, ENDPOINT);
    }

    private static Map<String, String> settings(Path folder, URI endpoint) {
        try {
            var secret = Files.writeString(folder.resolve("s3.secret"), SECRET);
            return Map.of(
                    "blobs.type",
                    "s3",
                    "blobs.bucket",
                    BUCKET,
                    "blobs.prefix",
                    UUID.randomUUID().toString(),
                    "blobs.endpoint",
                    endpoint.toString(),
                    "blobs.path-style",
                    "true",
                    "blobs.access-key-id",
                    ID,
                    "blobs.secret-access-key-file",
                    secret.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The same, by this way, which can be cut.
    public static Map<String, String> settings(Path folder, Line line) {
        return settings(folder, through(line));
    }

    public static Line line() {
        return new Line(ENDPOINT.getPort());
    }

    static URI through(Line line) {
        return URI.create("http://127.0.0.1:" + line.port());
    }

    static URI address() {
        return ENDPOINT;
    }

    private static URI endpoint() {
        var given = System.getProperty("entrepot.test.s3.endpoint");
        return given == null ? started() : URI.create(given);
    }

    private static URI started() {
        try {
            var store = new TransientNio2BlobStore();
            store.createContainer(BUCKET);
            var proxy = S3Proxy.builder()
                    .blobStore(store)
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V4, ID, SECRET)
                    .build();
            proxy.start();
            return URI.create("http://127.0.0.1:" + proxy.getPort());
        } catch (Exception e) { // as its method says
            throw new IllegalStateException("no server for the tests", e);
        }
    }
}
