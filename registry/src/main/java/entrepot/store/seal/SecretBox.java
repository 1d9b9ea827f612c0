package entrepot.store.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals secrets under one key: AES-256-GCM (NIST SP 800-38D), with the name of what is sealed as associated data, so
/// that no sealed value passes for another one's. A sealed value is
/// ```
/// 1 byte format (1) | 12 bytes nonce, random | ciphertext | 16 bytes tag
/// ```
/// With random nonces one key is good for 2^32 values; there are as many as keys were ever made.
public final class SecretBox {

    static final int KEY_BYTES = 32;

    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKey key;

    private SecretBox(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    static SecretBox of(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a server key has %d bytes".formatted(KEY_BYTES));
        }
        return new SecretBox(key);
    }

    /// A box whose values nobody can open after it is gone.
    public static SecretBox random() {
        return new SecretBox(randomBytes(KEY_BYTES));
    }

    static byte[] randomBytes(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /// A value as it may lie on the disk.
    ///
    /// @param name of the value, which must be told to open it
    public byte[] seal(String name, byte[] value) {
        var nonce = randomBytes(NONCE_BYTES);
        var sealed = run(Cipher.ENCRYPT_MODE, nonce, name, value);
        return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                .put(FORMAT)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /// Fails with IllegalStateException if the value was sealed under another key or name, or was changed.
    public byte[] open(String name, byte[] sealed) {
        if (sealed.length <= NONCE_BYTES || sealed[0] != FORMAT) {
            throw new IllegalStateException("not sealed: " + name);
        }
        var nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
        return run(Cipher.DECRYPT_MODE, nonce, name, Arrays.copyOfRange(sealed, 1 + NONCE_BYTES, sealed.length));
    }

    private byte[] run(int mode, byte[] nonce, String name, byte[] input) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(name.getBytes(UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot be opened with this server key: " + name, e);
        }
    }
}
