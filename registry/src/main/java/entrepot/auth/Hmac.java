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
            var mac = (Mac) Fresh.MAC.clone();
            mac.init(new SecretKeySpec(key, Fresh.NAME));
            return mac.doFinal(data);
        } catch (GeneralSecurityException | CloneNotSupportedException e) {
            throw new AssertionError("every JDK has HmacSHA256", e);
        }
    }

    /// What each computation is a copy of, since to look for who computes it would take as long.
    final class Fresh {
        private static final String NAME = "HmacSHA256";
        private static final Mac MAC = make();

        private Fresh() {}

        private static Mac make() {
            try {
                var mac = Mac.getInstance(NAME);
                mac.init(new SecretKeySpec(new byte[1], NAME)); // settles who computes it
                return mac;
            } catch (GeneralSecurityException e) {
                throw new AssertionError("every JDK has HmacSHA256", e);
            }
        }
    }
}
