package entrepot.oci;

import entrepot.http.HttpHeaders;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which bytes of its upload a chunk says it is: `0-99`, as the specification writes it, or `bytes 0-99/*`, as RFC
/// 9110, 14.4 does.
record ContentRange(long first, long last) {

    private static final Pattern FORM = Pattern.compile(
            "(?:bytes[ \\t]+)?([0-9]{1,18})-([0-9]{1,18})(?:/(?:\\*|[0-9]+))?", Pattern.CASE_INSENSITIVE);

    /// Empty if the chunk does not say; it goes to the end then.
    static Optional<ContentRange> of(HttpHeaders headers) {
        return headers.first("Content-Range").map(ContentRange::parse);
    }

    private static ContentRange parse(String text) {
        var parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new OciException(
                    400, "BLOB_UPLOAD_INVALID", "The Content-Range must be two offsets in bytes, such as '0-99'");
        }
        return new ContentRange(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    }
}
