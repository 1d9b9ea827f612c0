package entrepot.config;

import entrepot.domain.RegistryId;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What keeps the blobs. Another kind is a record here, which has what its keys say, and a case in the server's
/// `Backend`, which says how it is opened.
public sealed interface BlobKind {

    /// Of S3's, those whose objects can be read at once.
    Set<String> STORAGE_CLASSES = Set.of(
            "STANDARD",
            "REDUCED_REDUNDANCY",
            "STANDARD_IA",
            "ONEZONE_IA",
            "INTELLIGENT_TIERING",
            "GLACIER_IR",
            "EXPRESS_ONEZONE",
            "OUTPOSTS",
            "SNOW");

    String USUAL_REGION = "us-east-1";

    /// Files in the data folder.
    record Disk() implements BlobKind {}

    /// Objects in a bucket of S3, or of what speaks as it does.
    ///
    /// @param prefix before every key: empty, or ends with `/`
    /// @param endpoint null for AWS's own
    /// @param pathStyle whether the bucket is the first part of the path, not of the host
    /// @param credentials null for what AWS's SDK finds
    /// @param redirect whether clients are sent to S3 for the bytes
    /// @param storageClass null for the bucket's own
    /// @param timeout how long a request may wait for it
    record S3(
            String bucket,
            String prefix,
            @Nullable URI endpoint,
            String region,
            boolean pathStyle,
            @Nullable Credentials credentials,
            boolean redirect,
            @Nullable String storageClass,
            Duration timeout)
            implements BlobKind {

        /// The same, with new objects of another class.
        public S3 ofClass(String other) {
            return new S3(bucket, prefix, endpoint, region, pathStyle, credentials, redirect, other, timeout);
        }
    }

    /// As whom S3 is asked.
    record Credentials(String accessKeyId, Secret secretAccessKey) {}

    static BlobKind read(Sources sources, Duration timeout) {
        var bucket = sources.optional("blobs.bucket", BlobKind::bucket).orElse(null);
        var s3 = new S3(
                bucket == null ? "" : bucket,
                sources.value("blobs.prefix", "", BlobKind::prefix),
                sources.optional("blobs.endpoint", text -> Keys.endpoint(text, "https://s3.example.com"))
                        .orElse(null),
                sources.value("blobs.region", USUAL_REGION, BlobKind::region),
                sources.flag("blobs.path-style", false),
                credentials(sources),
                sources.flag("blobs.redirect", false),
                sources.optional("blobs.storage-class", BlobKind::storageClass).orElse(null),
                timeout);
        return sources.value("blobs.type", new Disk(), type -> switch (type) {
            case "disk" -> new Disk();
            case "s3" -> withBucket(s3);
            default -> throw new IllegalArgumentException("must be disk or s3");
        });
    }

    private static BlobKind withBucket(S3 s3) {
        if (s3.bucket().isEmpty()) {
            throw new ConfigException("blobs.bucket is needed for S3");
        }
        return s3;
    }

    private static @Nullable Credentials credentials(Sources sources) {
        var id = sources.optional("blobs.access-key-id", text -> text);
        var secret = sources.secret("blobs.secret-access-key");
        if (id.isPresent() != secret.isPresent()) {
            throw new ConfigException("blobs.access-key-id and blobs.secret-access-key-file go together");
        }
        return id.isPresent() && secret.isPresent() ? new Credentials(id.get(), secret.get()) : null;
    }

    static String bucket(String text) {
        if (!text.matches("[A-Za-z0-9][A-Za-z0-9._:/-]{1,2047}")) {
            throw new IllegalArgumentException("must be the name of a bucket");
        }
        return text;
    }

    static String prefix(String text) {
        if (text.startsWith("/") || text.length() > 500) {
            throw new IllegalArgumentException("must be the beginning of a key such as registry/");
        }
        return text.endsWith("/") ? text : text + "/";
    }

    static String region(String text) {
        if (!RegistryId.isRegion(text)) {
            throw new IllegalArgumentException("must be a region such as us-east-1");
        }
        return text;
    }

    static String storageClass(String text) {
        if (!STORAGE_CLASSES.contains(text)) {
            throw new IllegalArgumentException("must be a storage class that is read at once, such as STANDARD");
        }
        return text;
    }
}
