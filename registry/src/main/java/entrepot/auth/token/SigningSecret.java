package entrepot.auth.token;

import entrepot.auth.Hmac;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// One secret that signs, and how long it is needed. A signature is
/// ```
/// 4 bytes that tell which secret signed, without telling the secret | 32 bytes HMAC-SHA256
/// ```
final class SigningSecret {

    static final int LENGTH = 32;
    static final int SIGNER = 4;
    static final int SIGNATURE = SIGNER + 32;

    /// When a secret that still signs has been retired.
    static final Instant NOT_YET = Instant.ofEpochMilli(Long.MAX_VALUE);

    /// From its retirement on other nodes may not know of it yet, and clocks may differ.
    private static final Duration MARGIN = Duration.ofDays(1);

    private final byte[] value;
    private final byte[] signer;
    private final Instant since;
    private final Duration longest;
    private final Instant retired;

    /// @param longest how long anything lives that it has signed
    /// @param retired since when it signs no more
    SigningSecret(byte[] value, Instant since, Duration longest, Instant retired) {
        this.value = value.clone();
        this.signer = Arrays.copyOf(Hmac.SHA256.of(value, ""), SIGNER);
        this.since = since;
        this.longest = longest;
        this.retired = retired;
    }

    byte[] value() {
        return value.clone();
    }

    Instant since() {
        return since;
    }

    Duration longest() {
        return longest;
    }

    Instant retired() {
        return retired;
    }

    SigningSecret retiredAt(Instant when) {
        return new SigningSecret(value, since, longest, when);
    }

    SigningSecret lasting(Duration atLeast) {
        return longest.compareTo(atLeast) >= 0 ? this : new SigningSecret(value, since, atLeast, retired);
    }

    /// Whether nothing that it has signed can be alive.
    boolean isSpent(Instant now) {
        return !retired.equals(NOT_YET) && !now.isBefore(retired.plus(longest).plus(MARGIN));
    }

    byte[] sign(byte[] data) {
        var signature = Arrays.copyOf(signer, SIGNATURE);
        System.arraycopy(Hmac.SHA256.of(value, data), 0, signature, SIGNER, SIGNATURE - SIGNER);
        return signature;
    }

    /// Whether the signature says that this secret made it.
    boolean isNamedBy(byte[] signature) {
        return signature.length == SIGNATURE && Arrays.equals(signer, 0, SIGNER, signature, 0, SIGNER);
    }

    boolean signed(byte[] data, byte[] signature) {
        return isNamedBy(signature) && MessageDigest.isEqual(sign(data), signature);
    }
}
