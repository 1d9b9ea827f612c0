package entrepot.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;

/// What a secret keeps secret.
///
/// @param isText whether it came as a text, whose UTF-8 the bytes are
@SuppressWarnings("ArrayRecordComponent") // compared by isSame
public record SecretValue(boolean isText, byte[] bytes) {

    /// In bytes. Source: Secrets Manager user guide, "Quotas".
    public static final int LONGEST = 65_536;

    public static SecretValue of(String text) {
        return new SecretValue(true, text.getBytes(UTF_8));
    }

    /// Bytes as text, for one that is.
    public String text() {
        return new String(bytes, UTF_8);
    }

    public boolean isSame(SecretValue other) {
        return isText == other.isText && MessageDigest.isEqual(bytes, other.bytes);
    }

    /// Without the value, so that no log can hold it.
    @Override
    public String toString() {
        return "SecretValue[%s]".formatted(isText ? "text" : "bytes");
    }
}
