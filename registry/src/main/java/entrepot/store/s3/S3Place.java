package entrepot.store.s3;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Which bucket, where it is, and as whom it is asked.
///
/// @param prefix before every key: empty, or ends with `/`
/// @param storageClass null for the bucket's own
/// @param redirect whether addresses of objects are given away
public record S3Place(
        String bucket,
        String prefix,
        Endpoint endpoint,
        @Nullable Credentials credentials,
        @Nullable String storageClass,
        boolean redirect) {

    /// Where the service is.
    ///
    /// @param address null for AWS's own of the region
    /// @param pathStyle whether the bucket is the first part of the path, not of the host
    /// @param patience how long a request may take, with all that is tried again
    public record Endpoint(@Nullable URI address, String region, boolean pathStyle, Duration patience) {

        /// Whether it is asked without TLS.
        boolean isPlain() {
            return address != null && "http".equals(address.getScheme());
        }
    }

    /// As whom it is asked; null is what the SDK finds: environment, profile, the machine's role.
    public record Credentials(String accessKeyId, String secretAccessKey) {

        /// Without the secret, so that no log can hold it.
        @Override
        public String toString() {
            return accessKeyId;
        }
    }
}
