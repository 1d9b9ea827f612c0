package entrepot.http.body;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A file that no other process can read: AES-256-CTR (NIST SP 800-38A) under a key of its own that is nowhere but in
/// memory, since a body may be of a repository whose bytes are never to lie bare. It says nothing of changes: nobody
/// but this process has the file.
final class SpoolFile {

    private static final int KEY_BYTES = 32;
    private static final int PIECE = 64 << 10;
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
        while (bytes.hasRemaining()) {
            var piece = bytes.slice(bytes.position(), Math.min(bytes.remaining(), PIECE));
            bytes.position(bytes.position() + piece.remaining());
            var sealed = ByteBuffer.wrap(update(writing, piece));
            while (sealed.hasRemaining()) {
                file.write(sealed);
            }
        }
    }

    private static byte[] update(Cipher cipher, ByteBuffer piece) {
        var bytes = new byte[piece.remaining()];
        piece.get(bytes);
        var result = cipher.update(bytes);
        return result == null ? new byte[0] : result;
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
            var count = file.read(ByteBuffer.wrap(target, offset, Math.min(length, PIECE)), position);
            if (count > 0) {
                position += count;
                var plain = update(reading, ByteBuffer.wrap(target, offset, count));
                System.arraycopy(plain, 0, target, offset, count);
            }
            return count;
        }
    }
}
