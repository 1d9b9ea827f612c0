package entrepot.operation.cache;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A key of one file, AES-256 in counter mode, which is nowhere but in memory: what the file holds ends with the
/// process. It shows no change of the bytes, since those of a layer are verified by their digest.
///
/// Source: NIST SP 800-38A, 6.5.
record PassingKey(SecretKeySpec key) {

    private static final int KEY_BYTES = 32;
    private static final int BLOCK = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    static PassingKey random() {
        var secret = new byte[KEY_BYTES];
        RANDOM.nextBytes(secret);
        return new PassingKey(new SecretKeySpec(secret, "AES"));
    }

    /// Seals the bytes of the file from one on, and opens them: both are the same.
    Stream from(long position) {
        try {
            var cipher = Cipher.getInstance("AES/CTR/NoPadding");
            var counter = ByteBuffer.allocate(BLOCK).putLong(8, position / BLOCK);
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter.array()));
            var _ = cipher.update(new byte[(int) (position % BLOCK)]);
            return new Stream(cipher);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has AES", e);
        }
    }

    record Stream(Cipher cipher) {

        /// The next bytes, all of them.
        ByteBuffer changed(ByteBuffer bytes) {
            var changed = ByteBuffer.allocate(bytes.remaining());
            try {
                cipher.update(bytes, changed);
            } catch (ShortBufferException e) {
                throw new AssertionError("counter mode makes as many bytes as it is given", e);
            }
            return changed.flip();
        }
    }

    @Override
    public String toString() {
        return "a key";
    }
}
