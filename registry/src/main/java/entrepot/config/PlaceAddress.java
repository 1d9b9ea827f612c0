package entrepot.config;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where backups are: `s3://BUCKET/PREFIX`, or a folder.
public sealed interface PlaceAddress {

    /// A folder of this machine.
    record Folder(Path path) implements PlaceAddress {}

    /// A part of a bucket.
    record Bucket(BlobKind.S3 kind) implements PlaceAddress {}

    /// Reads an address as people write it.
    ///
    /// @param environment says where S3 is and as whom it is asked, by the variables that AWS's tools know
    static PlaceAddress of(String text, Map<String, String> environment) {
        if (!text.startsWith("s3://")) {
            return new Folder(Path.of(text));
        }
        try {
            return new Bucket(bucket(text, environment));
        } catch (IllegalArgumentException e) {
            throw new ConfigException("%s: %s".formatted(text, e.getMessage()));
        }
    }

    private static BlobKind.S3 bucket(String text, Map<String, String> environment) {
        var parts = text.substring("s3://".length()).split("/", 2);
        var prefix = parts.length == 2 && !parts[1].isEmpty() ? BlobKind.prefix(parts[1]) : "";
        var endpoint = endpoint(environment);
        var region = environment.getOrDefault(
                "AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", BlobKind.USUAL_REGION));
        return new BlobKind.S3(
                BlobKind.bucket(parts[0]),
                prefix,
                endpoint,
                BlobKind.region(region),
                endpoint != null,
                null,
                false,
                null,
                Storage.USUAL_TIMEOUT);
    }

    private static @Nullable URI endpoint(Map<String, String> environment) {
        var given = environment.getOrDefault("AWS_ENDPOINT_URL_S3", environment.getOrDefault("AWS_ENDPOINT_URL", ""));
        return given.isBlank() ? null : URI.create(given);
    }
}
