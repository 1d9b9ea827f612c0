package entrepot.domain;

import java.util.regex.Pattern;

/// Where a blob's bytes are stored: the id of the upload that brought them, never their digest. A key is made
/// once and never used again, so that deleting one cannot meet a new push of the same bytes.
public record BlobKey(String value) implements Comparable<BlobKey> {

    private static final Pattern PATTERN = Pattern.compile("[0-9a-f-]{36}");

    public BlobKey {
        if (!PATTERN.matcher(value).matches()) {
            throw new IllegalArgumentException("not a blob key: " + value);
        }
    }

    /// Whether a text is one.
    public static boolean isKey(String text) {
        return PATTERN.matcher(text).matches();
    }

    @Override
    public int compareTo(BlobKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
