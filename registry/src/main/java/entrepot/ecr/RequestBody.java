package entrepot.ecr;

import entrepot.domain.Content;
import entrepot.domain.Digest.Algorithm;
import entrepot.http.Spool;
import entrepot.http.SpoolFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.HexFormat;

/// A request's body, received whole and hashed before a byte of it is looked at.
final class RequestBody implements JsonSource, WritableByteChannel {

    /// The most that is taken, in bytes: a part of 20 MiB in Base64, with room for escapes.
    static final long LARGEST = 32L << 20;

    private final MessageDigest sha256 = Algorithm.SHA256.newComputation();
    private final Content announced;
    private final Spool spool;
    private long length;

    private RequestBody(Content announced, SpoolFolder folder) {
        this.announced = announced;
        this.spool = new Spool(folder);
    }

    /// @throws IOException if the client went away or its body broke off
    /// @throws EcrException if there is too much of it
    static RequestBody receive(Content body, SpoolFolder folder) throws IOException {
        if (body.length() > LARGEST) {
            throw EcrError.tooLarge(LARGEST);
        }
        var received = new RequestBody(body, folder);
        var whole = false;
        try {
            body.writeTo(received);
            whole = true;
        } finally {
            if (!whole) {
                received.close();
            }
        }
        return received;
    }

    /// In lower-case hex, of all the bytes.
    String sha256() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    /// In bytes.
    long length() {
        return length;
    }

    /// Whether it is in a file and not in memory.
    boolean isLarge() {
        return spool.isFile();
    }

    /// What it was received from, which can be asked for its length only.
    Content announced() {
        return announced;
    }

    @Override
    public InputStream open() {
        return spool.open();
    }

    @Override
    public int write(ByteBuffer bytes) {
        length += bytes.remaining();
        if (length > LARGEST) {
            throw EcrError.tooLarge(LARGEST);
        }
        sha256.update(bytes.duplicate());
        return spool.write(bytes);
    }

    @Override
    public boolean isOpen() {
        return spool.isOpen();
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
