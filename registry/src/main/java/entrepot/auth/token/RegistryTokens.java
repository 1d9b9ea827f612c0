package entrepot.auth.token;

import entrepot.auth.KnownKeys;
import entrepot.auth.Principal;
import entrepot.domain.RegistryId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// The passwords that `docker login` takes. Each names the access key it was made for and dies with it, or when it
/// expires. The text is base64url of
/// ```
/// 4 bytes that tell which secret signed | 32 bytes HMAC-SHA256 of the rest | claims
/// ```
/// where the claims are access key id, account, region and expiry, with a space between them. It holds no
/// `:`, on which clients split (ECR API reference, GetAuthorizationToken). Nothing in it says how it is to be
/// verified.
public final class RegistryTokens {

    /// The user name of every token.
    public static final String USER = "AWS";

    private static final int SIGNER = 4;
    private static final int MAC = 32;
    private static final int HEAD = SIGNER + MAC;

    private final ServerSecret secret;
    private final KnownKeys keys;
    private final Duration lifetime;

    public RegistryTokens(ServerSecret secret, KnownKeys keys, Duration lifetime) {
        this.secret = secret;
        this.keys = keys;
        this.lifetime = lifetime;
    }

    /// A password and when it ends.
    public record Issued(String token, Instant expiresAt) {
        /// Without the token, which is a password.
        @Override
        public String toString() {
            return "Issued[until " + expiresAt + "]";
        }
    }

    /// What looking at a password came to.
    public sealed interface Verification {

        /// Good, and its access key is there.
        ///
        /// @param registry of the account and the region that the token was made for
        record Valid(Principal principal, RegistryId registry) implements Verification {}

        /// Once good, no longer.
        record Expired() implements Verification {}

        /// Never issued here, or its access key is gone.
        record Invalid() implements Verification {}
    }

    public Issued issue(Principal principal, RegistryId registry, Instant now) {
        var expiresAt = now.plus(lifetime);
        var claims = "%s %s %s %d"
                .formatted(principal.accessKeyId(), registry.account(), registry.region(), expiresAt.toEpochMilli())
                .getBytes(StandardCharsets.UTF_8);
        var token = ByteBuffer.allocate(HEAD + claims.length)
                .put(signer())
                .put(secret.mac(claims))
                .put(claims)
                .array();
        return new Issued(Base64.getUrlEncoder().withoutPadding().encodeToString(token), expiresAt);
    }

    public Verification verify(String user, String password, Instant now) {
        if (!user.equals(USER)) {
            return new Verification.Invalid();
        }
        return proven(password)
                .map(claims -> verify(claims.split(" ", -1), now))
                .orElseGet(Verification.Invalid::new);
    }

    private Verification verify(String[] claims, Instant now) {
        if (!now.isBefore(Instant.ofEpochMilli(Long.parseLong(claims[3])))) {
            return new Verification.Expired();
        }
        return keys.principal(claims[0])
                .<Verification>map(owner -> new Verification.Valid(owner, new RegistryId(claims[1], claims[2])))
                .orElseGet(Verification.Invalid::new);
    }

    /// What a password claims, if it was made here.
    private Optional<String> proven(String password) {
        return decode(password)
                .filter(token -> token.length > HEAD)
                .filter(token -> Arrays.equals(signer(), Arrays.copyOf(token, SIGNER)))
                .filter(token -> MessageDigest.isEqual(secret.mac(claims(token)), mac(token)))
                .map(token -> new String(claims(token), StandardCharsets.UTF_8));
    }

    private static byte[] mac(byte[] token) {
        return Arrays.copyOfRange(token, SIGNER, HEAD);
    }

    private static byte[] claims(byte[] token) {
        return Arrays.copyOfRange(token, HEAD, token.length);
    }

    private static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// Tells which secret signed, without telling the secret.
    private byte[] signer() {
        return Arrays.copyOf(secret.mac(new byte[0]), SIGNER);
    }
}
