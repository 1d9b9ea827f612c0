package entrepot.domain;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/// The name of one layer upload: a UUID in lower case. New ones are of version 7 (RFC 9562), so that rows and
/// files made together lie together.
public record UploadId(String value) {

    private static final Pattern PATTERN =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    public UploadId {
        value = value.toLowerCase(Locale.ROOT);
        if (!PATTERN.matcher(value).matches()) {
            throw new RegistryException(new JsonAloneError.InvalidParameter(
                    "uploadId", "must satisfy regular expression '%s'".formatted(PATTERN)));
        }
    }

    public static UploadId random(Instant now) {
        return new UploadId(TimedUuid.random(now).toString());
    }

    /// Where the bytes of this upload lie, from the first one on.
    public BlobKey blobKey() {
        return new BlobKey(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
