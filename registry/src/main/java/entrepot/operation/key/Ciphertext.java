package entrepot.operation.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import entrepot.domain.EncryptionKey;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

/// What a key encrypted, which says by which material of which key:
/// ```
/// 1 byte format (1) | 16 bytes key id | 4 bytes number of the material | 16 bytes salt | 12 bytes nonce
///   | ciphertext | 16 bytes tag
/// ```
/// AES-256-GCM (NIST SP 800-38D) under a key of its own, made of the material and the salt by HKDF-SHA256 (RFC 5869):
/// so a material is not worn out by many of them. Associated data is the head up to the salt, and the encryption
/// context, in the order of its keys.
public final class Ciphertext {

    private static final byte FORMAT = 1;
    private static final int SALT = 21;
    private static final int NONCE = SALT + 16;
    private static final int TEXT = NONCE + 12;
    private static final int TAG_BYTES = 16;
    private static final byte[] PURPOSE = "entrepot key service 1".getBytes(US_ASCII);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String keyId;
    private final int material;
    private final byte[] bytes;

    private Ciphertext(String keyId, int material, byte[] bytes) {
        this.keyId = keyId;
        this.material = material;
        this.bytes = bytes;
    }

    /// The key that it says encrypted it.
    public String keyId() {
        return keyId;
    }

    /// The number of the material that it says encrypted it.
    int material() {
        return material;
    }

    static byte[] random(int count) {
        var bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /// Empty for what no key can have encrypted. Whether one did is seen when it is decrypted.
    public static Optional<Ciphertext> parse(byte[] bytes) {
        if (bytes.length <= TEXT + TAG_BYTES || bytes[0] != FORMAT) {
            return Optional.empty();
        }
        var head = ByteBuffer.wrap(bytes, 1, SALT - 1);
        return Optional.of(new Ciphertext(new UUID(head.getLong(), head.getLong()).toString(), head.getInt(), bytes));
    }

    /// @param keyId a UUID
    /// @param number of the material
    static byte[] encrypt(String keyId, int number, byte[] material, byte[] plaintext, Map<String, String> context) {
        var id = UUID.fromString(keyId);
        var head = ByteBuffer.allocate(TEXT)
                .put(FORMAT)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putInt(number)
                .put(random(TEXT - SALT))
                .array();
        try {
            var text = cipher(Cipher.ENCRYPT_MODE, head, material, context).doFinal(plaintext);
            return ByteBuffer.allocate(TEXT + text.length).put(head).put(text).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Empty if the material, the context or a byte is not the one that it was encrypted with.
    Optional<byte[]> decrypt(byte[] material, Map<String, String> context) {
        try {
            return Optional.of(
                    cipher(Cipher.DECRYPT_MODE, bytes, material, context).doFinal(bytes, TEXT, bytes.length - TEXT));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Cipher cipher(int mode, byte[] head, byte[] material, Map<String, String> context)
            throws GeneralSecurityException {
        var nonce = Arrays.copyOfRange(head, NONCE, TEXT);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                derived(material, Arrays.copyOfRange(head, SALT, NONCE)),
                new GCMParameterSpec(8 * TAG_BYTES, nonce));
        cipher.updateAAD(head, 0, SALT);
        cipher.updateAAD(encoded(context));
        return cipher;
    }

    private static SecretKey derived(byte[] material, byte[] salt) throws GeneralSecurityException {
        var how = HKDFParameterSpec.ofExtract()
                .addIKM(material)
                .addSalt(salt)
                .thenExpand(PURPOSE, EncryptionKey.MATERIAL_BYTES);
        return KDF.getInstance("HKDF-SHA256").deriveKey("AES", how);
    }

    /// One form for each context: every text with its length, and as Java has it, since not every one has a form in
    /// UTF-8.
    private static byte[] encoded(Map<String, String> context) {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        try {
            for (var pair : new TreeMap<>(context).entrySet()) {
                out.writeInt(pair.getKey().length());
                out.writeChars(pair.getKey());
                out.writeInt(pair.getValue().length());
                out.writeChars(pair.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
