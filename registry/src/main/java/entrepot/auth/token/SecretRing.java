package entrepot.auth.token;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// The secrets that sign one kind of thing, the newest last; that one signs. Stored as one value, of each secret
/// ```
/// 8 bytes since when it signs | 8 bytes longest life of what it signed | 8 bytes retired when | 32 bytes secret
/// ```
/// in milliseconds, big-endian.
record SecretRing(List<SigningSecret> secrets) {

    private static final int ENTRY = 3 * Long.BYTES + SigningSecret.LENGTH;

    /// Of a secret that was stored alone, without a word on what it signed.
    private static final Duration UNTOLD = Duration.ofDays(366);

    SecretRing {
        secrets = List.copyOf(secrets);
    }

    static SecretRing parse(byte[] stored) {
        var left = ByteBuffer.wrap(stored);
        if (stored.length == SigningSecret.LENGTH) {
            return new SecretRing(
                    List.of(new SigningSecret(value(left), Instant.EPOCH, UNTOLD, SigningSecret.NOT_YET)));
        }
        var secrets = new ArrayList<SigningSecret>();
        while (left.remaining() >= ENTRY) {
            var since = Instant.ofEpochMilli(left.getLong());
            var longest = Duration.ofMillis(left.getLong());
            var retired = Instant.ofEpochMilli(left.getLong());
            secrets.add(new SigningSecret(value(left), since, longest, retired));
        }
        return new SecretRing(secrets);
    }

    private static byte[] value(ByteBuffer left) {
        var value = new byte[SigningSecret.LENGTH];
        left.get(value);
        return value;
    }

    byte[] toBytes() {
        var bytes = ByteBuffer.allocate(secrets.size() * ENTRY);
        for (var secret : secrets) {
            bytes.putLong(secret.since().toEpochMilli())
                    .putLong(secret.longest().toMillis())
                    .putLong(secret.retired().toEpochMilli())
                    .put(secret.value());
        }
        return bytes.array();
    }

    SigningSecret newest() {
        return secrets.getLast();
    }

    /// Whether the secret is here that a signature says has made it.
    boolean knowsSigner(byte[] signature) {
        return secrets.stream().anyMatch(secret -> secret.isNamedBy(signature));
    }

    boolean signed(byte[] data, byte[] signature) {
        return secrets.stream().anyMatch(secret -> secret.signed(data, signature));
    }

    boolean lasts(Duration lifetime) {
        return secrets.stream().allMatch(secret -> secret.longest().compareTo(lifetime) >= 0);
    }

    /// For signing what lives so long. The retired ones too: a node that does not know yet may still sign by them.
    SecretRing lasting(Duration lifetime) {
        return new SecretRing(
                secrets.stream().map(secret -> secret.lasting(lifetime)).toList());
    }

    /// With a new secret that signs from now on.
    SecretRing with(SigningSecret fresh, Instant now) {
        var next = new ArrayList<>(secrets);
        next.set(next.size() - 1, newest().retiredAt(now));
        next.add(fresh);
        return new SecretRing(next);
    }

    /// Without those that are needed no more.
    SecretRing swept(Instant now) {
        return new SecretRing(
                secrets.stream().filter(secret -> !secret.isSpent(now)).toList());
    }
}
