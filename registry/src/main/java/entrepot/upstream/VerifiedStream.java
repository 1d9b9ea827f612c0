package entrepot.upstream;

import entrepot.domain.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/// A stream that ends only if its bytes have the digest that they should; else its end is an [UpstreamException].
public final class VerifiedStream extends FilterInputStream {

    private final Digest expected;
    private final MessageDigest computation;

    /// @param in from its first byte on
    public VerifiedStream(InputStream in, Digest expected) {
        super(in);
        this.expected = expected;
        this.computation = expected.algorithm().newComputation();
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var count = in.read(into, offset, length);
        if (count >= 0) {
            computation.update(into, offset, count);
            return count;
        }
        var computed = Digest.of(expected.algorithm(), computation.digest());
        if (!computed.equals(expected)) {
            throw UpstreamException.malformed("the digest of its bytes is %s, not %s".formatted(computed, expected));
        }
        return -1;
    }

    @Override
    public long skip(long count) throws IOException {
        throw new IOException("bytes that are skipped are not verified");
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
