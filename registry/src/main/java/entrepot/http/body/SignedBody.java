package entrepot.http.body;

import entrepot.domain.Content;
import entrepot.domain.Digest.Algorithm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

/// A request's body, received whole and hashed before a byte of it is looked at.
public final class SignedBody implements WritableByteChannel {

    private final MessageDigest sha256 = Algorithm.SHA256.newComputation();
    private final Spool spool;

    private SignedBody(Spool spool) {
        this.spool = spool;
    }

    /// Takes the whole body in.
    ///
    /// @param limit in bytes
    /// @param spool closed with this, and where this fails
    /// @throws IOException if the client went away or its body broke off
    /// @throws BodyTooLargeException if there is more than `limit` bytes
    public static SignedBody receive(Content body, long limit, Spool spool) throws IOException {
        return Bodies.receive(body, limit, new SignedBody(spool));
    }

    /// In lower-case hex, of all the bytes. To be asked for once.
    public String sha256() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    /// In bytes.
    public long length() {
        return spool.length();
    }

    /// The bytes from the first one on, any number of times, until this is closed.
    public InputStream open() {
        return spool.open();
    }

    @Override
    public int write(ByteBuffer bytes) {
        sha256.update(bytes.duplicate());
        return spool.write(bytes);
    }

    @Override
    public boolean isOpen() {
        return spool.isOpen();
    }

    @Override
    public void close() {
        spool.close();
    }
}
