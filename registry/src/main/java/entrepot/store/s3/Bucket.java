package entrepot.store.s3;

import entrepot.domain.BlobKey;
import entrepot.store.BlobStore.Lying;
import entrepot.store.NoSuchBlobException;
import entrepot.store.StoreAwayException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// The objects of blobs: what is asked of S3.
///
/// Source: Amazon S3 API.
final class Bucket implements AutoCloseable {

    static final String TYPE = "application/octet-stream";
    private static final String FOLDER = "blobs/";
    private static final int NOT_FOUND = 404;

    private final S3Place place;
    private final S3Client client;
    private final S3Presigner presigner;
    private final Asking asking;
    private final @Nullable PlainConnections connections;
    private final @Nullable PlainGets plain;

    private Bucket(Clients clients, Asking asking, @Nullable PlainConnections connections) {
        this.place = clients.place();
        this.client = clients.client(List.of(), connections);
        this.presigner = clients.presigner();
        this.asking = asking;
        this.connections = connections;
        this.plain = clients.gets(connections);
    }

    static Bucket of(Clients clients, Asking asking) {
        return new Bucket(clients, asking, clients.connections());
    }

    private String name(BlobKey key) {
        return place.prefix() + FOLDER + key.value();
    }

    void put(BlobKey key, Body body) throws IOException {
        put(name(key), body);
    }

    private void put(String name, Body body) throws IOException {
        ask(
                "PutObject",
                () -> client.putObject(
                        put -> put.bucket(place.bucket())
                                .key(name)
                                .contentType(TYPE)
                                .storageClass(place.storageClass()),
                        request(body)));
    }

    private static RequestBody request(Body body) {
        return RequestBody.fromContentProvider(
                () -> {
                    try {
                        return body.read();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                body.length(),
                TYPE);
    }

    /// What S3 calls it.
    String begin(BlobKey key) throws IOException {
        var upload = ask(
                        "CreateMultipartUpload",
                        () -> client.createMultipartUpload(begin -> begin.bucket(place.bucket())
                                .key(name(key))
                                .contentType(TYPE)
                                .storageClass(place.storageClass())))
                .uploadId();
        if (upload == null) { // the answer was cut behind its head
            throw new StoreAwayException("S3 does not say what an upload is called");
        }
        return upload;
    }

    /// What S3 calls the part.
    ///
    /// @throws NoSuchBlobException if the upload has ended
    String part(BlobKey key, String upload, int number, Body body) throws IOException {
        return found(
                        key,
                        "UploadPart",
                        () -> client.uploadPart(
                                part -> part.bucket(place.bucket())
                                        .key(name(key))
                                        .uploadId(upload)
                                        .partNumber(number),
                                request(body)))
                .eTag();
    }

    /// @throws NoSuchBlobException if the upload has ended
    void complete(BlobKey key, String upload, List<CompletedPart> parts) throws IOException {
        found(
                key,
                "CompleteMultipartUpload",
                () -> client.completeMultipartUpload(complete -> complete.bucket(place.bucket())
                        .key(name(key))
                        .uploadId(upload)
                        .multipartUpload(all -> all.parts(parts))));
    }

    /// One that has ended is no error.
    void abort(BlobKey key, String upload) throws IOException {
        try {
            found(
                    key,
                    "AbortMultipartUpload",
                    () -> client.abortMultipartUpload(
                            abort -> abort.bucket(place.bucket()).key(name(key)).uploadId(upload)));
        } catch (NoSuchBlobException e) {
            // it has ended
        }
    }

    OptionalLong size(BlobKey key) throws IOException {
        try {
            return OptionalLong.of(found(key, "HeadObject", () -> length(name(key))));
        } catch (NoSuchBlobException e) {
            return OptionalLong.empty();
        }
    }

    private long length(String name) {
        Long length =
                client.headObject(head -> head.bucket(place.bucket()).key(name)).contentLength();
        if (length == null) { // the answer was cut before it
            throw new UncheckedIOException(new EOFException("the head of an answer was cut"));
        }
        return length;
    }

    /// @param range such as `bytes=0-9`; null for the whole
    ResponseInputStream<GetObjectResponse> get(BlobKey key, @Nullable String range) throws IOException {
        return found(
                key,
                "GetObject",
                () -> client.getObject(
                        get -> get.bucket(place.bucket()).key(name(key)).range(range)));
    }

    /// The same, by the shortest way that there is.
    Arriving arriving(BlobKey key, @Nullable String range) throws IOException {
        return found(key, "GetObject", () -> arrivingNow(key, range));
    }

    private Arriving arrivingNow(BlobKey key, @Nullable String range) {
        var here =
                plain == null ? Optional.<Arriving>empty() : plain.get("/" + place.bucket() + "/" + name(key), range);
        return here.orElseGet(() -> new Arriving.Streamed(client.getObject(
                get -> get.bucket(place.bucket()).key(name(key)).range(range))));
    }

    URI address(BlobKey key, Duration lifetime) {
        var address = presigner.presignGetObject(sign -> sign.signatureDuration(lifetime)
                .getObjectRequest(
                        get -> get.bucket(place.bucket()).key(name(key)).responseContentType(TYPE)));
        return URI.create(address.url().toString());
    }

    /// Up to 1,000. Those that were not removed, and why.
    Map<BlobKey, IOException> delete(List<BlobKey> keys) throws IOException {
        var objects = keys.stream()
                .map(key -> ObjectIdentifier.builder().key(name(key)).build())
                .toList();
        var answer = ask(
                "DeleteObjects",
                () -> client.deleteObjects(
                        delete -> delete.bucket(place.bucket()).delete(all -> all.objects(objects))));
        var failures = new HashMap<BlobKey, IOException>();
        answer.errors()
                .forEach(error -> key(error.key())
                        .forEach(key -> failures.put(key, new IOException(error.code() + ": " + error.message()))));
        var deleted = new HashSet<String>();
        answer.deleted().forEach(object -> deleted.add(object.key()));
        keys.stream()
                .filter(key -> !deleted.contains(name(key)))
                .forEach(key -> failures.putIfAbsent(key, new IOException("S3 does not say that it is deleted")));
        return failures;
    }

    /// Every object among the blobs, in order.
    Stream<Lying> listed() throws IOException {
        var prefix = place.prefix() + FOLDER;
        return ask(
                        "ListObjects",
                        () -> client.listObjectsV2Paginator(
                                list -> list.bucket(place.bucket()).prefix(prefix)))
                .contents()
                .stream()
                .map(this::lying);
    }

    private Lying lying(S3Object object) {
        var key = key(object.key()).findFirst().orElse(null);
        return new Lying(object.key(), key, object.size(), object.lastModified());
    }

    /// Uploads of parts that have not ended. Asked without a prefix, which MinIO takes for the whole name of an
    /// object; of those from before its last start it tells none, and ends them itself.
    Stream<Unfinished> unfinished() throws IOException {
        return ask(
                        "ListMultipartUploads",
                        () -> client.listMultipartUploadsPaginator(list -> list.bucket(place.bucket())))
                .uploads()
                .stream()
                .flatMap(upload ->
                        key(upload.key()).map(key -> new Unfinished(key, upload.uploadId(), upload.initiated())));
    }

    /// None where the object is not one of this place's.
    private Stream<BlobKey> key(String name) {
        var folder = place.prefix() + FOLDER;
        var key = name.startsWith(folder) ? name.substring(folder.length()) : "";
        return BlobKey.isKey(key) ? Stream.of(new BlobKey(key)) : Stream.empty();
    }

    /// Fails if the bucket is not there, or may not be read and written.
    void probe() throws IOException {
        var name = place.prefix() + "probe/" + UUID.randomUUID();
        ask(
                "ListObjects",
                () -> client.listObjectsV2(list ->
                        list.bucket(place.bucket()).prefix(place.prefix()).maxKeys(1)));
        put(name, new Body.InMemory(new byte[0]));
        ask(
                "DeleteObject",
                () -> client.deleteObject(
                        delete -> delete.bucket(place.bucket()).key(name)));
    }

    /// Fails if it cannot be asked.
    void ping() throws IOException {
        ask("HeadBucket", () -> client.headBucket(head -> head.bucket(place.bucket())));
    }

    private <T> T found(BlobKey key, String kind, Asking.Call<T> call) throws IOException {
        try {
            return ask(kind, call);
        } catch (Refused e) {
            if (isOfNothing(e)) {
                throw new NoSuchBlobException(key);
            }
            throw e;
        }
    }

    /// Some servers say of an upload that is being completed that its parts are not there.
    private static boolean isOfNothing(Refused refusal) {
        return refusal.status() == NOT_FOUND
                ? !refusal.code().equals("NoSuchBucket")
                : refusal.code().equals("InvalidPart");
    }

    private <T> T ask(String kind, Asking.Call<T> call) throws IOException {
        try {
            return asking.ask(kind, call);
        } catch (S3Exception e) {
            throw new Refused(kind, e.statusCode(), Asking.code(e), e);
        }
    }

    @Override
    public void close() {
        client.close();
        presigner.close();
        if (connections != null) {
            connections.close();
        }
    }
}
