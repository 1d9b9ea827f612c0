package entrepot.store.s3;

import entrepot.domain.BlobKey;
import entrepot.store.BackupPlace;
import entrepot.store.BlobStore;
import entrepot.store.PieceRows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Backups as objects of a bucket, named as the files of a folder of backups are. An object is there whole or not at
/// all. Nobody keeps a second process from writing here.
///
/// Source: Amazon S3 API.
public final class S3Backup implements BackupPlace {

    /// The largest that goes in one request, in bytes.
    private static final long PART = 256L << 20;

    private static final int NOT_FOUND = 404;

    private final S3Place place;
    private final S3Client client;
    private final Asking asking = new Asking(new Breaker(), Watch.NOBODY);
    private final S3BlobStore blobs;
    private @Nullable Path work;

    private S3Backup(S3Place place, PieceRows pieces) {
        this.place = place;
        this.client = new Clients(place).client(List.of(), null);
        this.blobs = S3BlobStore.at(place, pieces, this::newFile, Watch.NOBODY);
    }

    /// Nothing is asked of S3 before it is needed.
    ///
    /// @param pieces of blobs on their way
    public static S3Backup at(S3Place place, PieceRows pieces) {
        return new S3Backup(place, pieces);
    }

    private FileChannel newFile() throws IOException {
        return FileChannel.open(
                work().resolve(UUID.randomUUID().toString()),
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE));
    }

    @Override
    public BlobStore blobs() {
        return blobs;
    }

    @Override
    public BlobStore arriving() {
        return blobs;
    }

    @Override
    public void publish(BlobKey key) {
        // it is there since its last byte came
    }

    /// What is in a folder other than those of snapshots has the folder's name.
    @Override
    public List<String> names() throws IOException {
        var names = new ArrayList<String>();
        ask("ListObjects", () -> {
            client.listObjectsV2Paginator(list ->
                            list.bucket(place.bucket()).prefix(place.prefix()).delimiter("/"))
                    .forEach(page -> {
                        page.contents().forEach(object -> names.add(name(object.key())));
                        page.commonPrefixes().forEach(folder -> names.add(name(folder.prefix())));
                    });
            return names;
        });
        if (names.remove("snapshots/")) {
            names.addAll(snapshots());
        }
        return names;
    }

    private List<String> snapshots() throws IOException {
        return ask(
                "ListObjects",
                () -> client
                        .listObjectsV2Paginator(
                                list -> list.bucket(place.bucket()).prefix(place.prefix() + "snapshots/"))
                        .contents()
                        .stream()
                        .map(object -> name(object.key()))
                        .toList());
    }

    private String name(String key) {
        return key.substring(place.prefix().length());
    }

    @Override
    public InputStream read(String name) throws IOException {
        try {
            return ask(
                    "GetObject",
                    () -> client.getObject(get -> get.bucket(place.bucket()).key(place.prefix() + name)));
        } catch (Refused e) {
            throw e.status() == NOT_FOUND && !e.code().equals("NoSuchBucket") ? new NoSuchFileException(name) : e;
        }
    }

    @Override
    public void put(String name, Path file) throws IOException {
        var key = place.prefix() + name;
        if (Files.size(file) > PART) {
            putParts(key, file);
        } else {
            ask(
                    "PutObject",
                    () -> client.putObject(
                            put -> put.bucket(place.bucket()).key(key).storageClass(place.storageClass()),
                            RequestBody.fromFile(file)));
        }
    }

    private void putParts(String key, Path file) throws IOException {
        var upload = ask(
                        "CreateMultipartUpload",
                        () -> client.createMultipartUpload(
                                begin -> begin.bucket(place.bucket()).key(key).storageClass(place.storageClass())))
                .uploadId();
        var parts = new ArrayList<CompletedPart>();
        for (long from = 0; from < Files.size(file); from += PART) {
            parts.add(part(key, upload, parts.size() + 1, new FilePart(file, from, PART)));
        }
        ask(
                "CompleteMultipartUpload",
                () -> client.completeMultipartUpload(complete -> complete.bucket(place.bucket())
                        .key(key)
                        .uploadId(upload)
                        .multipartUpload(all -> all.parts(parts))));
    }

    private CompletedPart part(String key, String upload, int number, FilePart bytes) throws IOException {
        var length = bytes.length();
        var tag = ask(
                        "UploadPart",
                        () -> client.uploadPart(
                                part -> part.bucket(place.bucket())
                                        .key(key)
                                        .uploadId(upload)
                                        .partNumber(number),
                                RequestBody.fromContentProvider(bytes, length, Bucket.TYPE)))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    @Override
    public void delete(String name) throws IOException {
        ask(
                "DeleteObject",
                () -> client.deleteObject(
                        delete -> delete.bucket(place.bucket()).key(place.prefix() + name)));
    }

    @Override
    public synchronized Path work() throws IOException {
        if (work == null) {
            work = Files.createTempDirectory("entrepot-backup");
        }
        return work;
    }

    private <T> T ask(String kind, Asking.Call<T> call) throws IOException {
        try {
            return asking.ask(kind, call);
        } catch (S3Exception e) {
            throw new Refused(kind, e.statusCode(), Asking.code(e), e);
        }
    }

    @Override
    public void close() throws IOException {
        blobs.close();
        client.close();
        if (work != null) {
            try (Stream<Path> paths = Files.walk(work)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    @Override
    public String toString() {
        return "s3://%s/%s".formatted(place.bucket(), place.prefix());
    }
}
