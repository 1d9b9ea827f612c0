package entrepot.store.s3;

/// Which key of the configuration may be wrong when S3 says no.
final class Advice {

    private Advice() {}

    static String of(S3Place place, Refused refusal) {
        return switch (refusal.code()) {
            case "NoSuchBucket" -> "blobs.bucket: there is no bucket %s".formatted(place.bucket());
            case "InvalidAccessKeyId", "XAdminUserNotFound" -> "blobs.access-key-id: S3 does not know it";
            case "SignatureDoesNotMatch" -> "blobs.secret-access-key-file: it is not the secret of blobs.access-key-id";
            case "InvalidStorageClass" -> "blobs.storage-class: S3 does not take %s".formatted(place.storageClass());
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException" ->
                "blobs.region: the bucket %s is not in %s"
                        .formatted(place.bucket(), place.endpoint().region());
            case "InvalidBucketName" -> "blobs.bucket: %s is no name of a bucket".formatted(place.bucket());
            default ->
                refusal.status() == 403
                        ? "blobs.access-key-id: it may not list, write and delete in the bucket %s (%s)"
                                .formatted(place.bucket(), refusal.getMessage())
                        : "blobs.endpoint: it does not answer as S3 does (%s)".formatted(refusal.getMessage());
        };
    }
}
