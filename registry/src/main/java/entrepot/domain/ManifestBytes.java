package entrepot.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// A manifest exactly as it was pushed. It is never re-encoded: its digest is over these bytes.
public final class ManifestBytes implements ManifestContent {

    private final byte[] bytes;

    private ManifestBytes(byte[] bytes, boolean ours) {
        this.bytes = ours ? bytes : bytes.clone();
    }

    public ManifestBytes(byte[] bytes) {
        this(bytes, false);
    }

    public static ManifestBytes ofText(String text) {
        return new ManifestBytes(text.getBytes(UTF_8), true);
    }

    /// So many bytes of a stream, or fewer if it ends before. A long one is in memory once.
    public static ManifestBytes read(InputStream from, int length) throws IOException {
        var bytes = new byte[length];
        var count = from.readNBytes(bytes, 0, length);
        return new ManifestBytes(count == length ? bytes : Arrays.copyOf(bytes, count), true);
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
