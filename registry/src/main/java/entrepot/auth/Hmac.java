package entrepot.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// HMAC with SHA-256 (RFC 2104).
@FunctionalInterface
public interface Hmac {

    Hmac SHA256 = Hmac::compute;

    /// The 32 bytes that only a holder of the key can make of the data.
    byte[] of(byte[] key, byte[] data);

    /// As [#of(byte[], byte[])], of a text's bytes in UTF-8.
    default byte[] of(byte[] key, String data) {
        return of(key, data.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] compute(byte[] key, byte[] data) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HmacSHA256", e);
        }
    }
}
