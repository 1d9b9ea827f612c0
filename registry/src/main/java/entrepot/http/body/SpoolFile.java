package entrepot.http.body;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A file that no other process can read: AES-256-CTR (NIST SP 800-38A) under a key of its own that is nowhere but in
/// memory, since a body may be of a repository whose bytes are never to lie bare. It says nothing of changes: nobody
/// but this process has the file.
final class SpoolFile {

    private static final int KEY_BYTES = 32;
    private static final int PIECE = 16 << 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final FileChannel file;
    private final SecretKeySpec key;
    private final Cipher writing;

    /// @param file empty
    SpoolFile(FileChannel file) {
        var secret = new byte[KEY_BYTES];
        RANDOM.nextBytes(secret);
        this.file = file;
        this.key = new SecretKeySpec(secret, "AES");
        this.writing = cipher();
    }

    /// From the file's first byte on. Each key is used for one file, so its counter may begin anywhere.
    private Cipher cipher() {
        try {
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[cipher.getBlockSize()]));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has AES", e);
        }
    }

    /// Adds all of these bytes to the end.
    void write(ByteBuffer bytes) throws IOException {
        var piece = new byte[Math.min(bytes.remaining(), PIECE)];
        var sealed = ByteBuffer.allocate(piece.length);
        while (bytes.hasRemaining()) {
            var count = Math.min(bytes.remaining(), piece.length);
            bytes.get(piece, 0, count);
            update(writing, piece, count, sealed.array(), 0);
            sealed.clear().limit(count);
            while (sealed.hasRemaining()) {
                file.write(sealed);
            }
        }
    }

    /// Into other bytes: the JDK copies what it is to change in its place.
    private static void update(Cipher cipher, byte[] bytes, int count, byte[] target, int offset) {
        try {
            cipher.update(bytes, 0, count, target, offset);
        } catch (ShortBufferException e) {
            throw new AssertionError("CTR makes as many bytes as it is given", e);
        }
    }

    /// The bytes from the first one on, with a position of its own.
    InputStream open() {
        return new Bytes(cipher());
    }

    void close() throws IOException {
        file.close();
    }

    private final class Bytes extends InputStream {

        private final Cipher reading;
        private final byte[] sealed = new byte[PIECE];
        private long position;

        Bytes(Cipher reading) {
            this.reading = reading;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            var count = file.read(ByteBuffer.wrap(sealed, 0, Math.min(length, PIECE)), position);
            if (count > 0) {
                position += count;
                update(reading, sealed, count, target, offset);
            }
            return count;
        }
    }
}
