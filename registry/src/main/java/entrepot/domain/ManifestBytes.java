package entrepot.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;

/// A manifest exactly as it was pushed. It is never re-encoded: its digest is over these bytes.
public final class ManifestBytes implements ManifestContent {

    private final byte[] bytes;

    public ManifestBytes(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    public static ManifestBytes ofText(String text) {
        return new ManifestBytes(text.getBytes(UTF_8));
    }

    public Digest digest(Digest.Algorithm algorithm) {
        return Digest.of(algorithm, algorithm.newComputation().digest(bytes));
    }

    @Override
    public int length() {
        return bytes.length;
    }

    public byte[] toByteArray() {
        return bytes.clone();
    }

    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    /// The text of the bytes, which a stored manifest always has.
    public String text() {
        return new String(bytes, UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ManifestBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
