package entrepot.auth.token;

import entrepot.auth.Hmac;
import entrepot.auth.KnownKeys;
import entrepot.auth.Principal;
import entrepot.domain.RegistryId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// The passwords that `docker login` takes. Each names the access key it was made for and dies with it, or when it
/// expires. The text is base64url of
/// ```
/// 32 bytes HMAC-SHA256 of the rest | "1 <id of the signing key> <access key id> <account> <region> <expiry>"
/// ```
/// so it holds no `:`, on which clients split (ECR API reference, GetAuthorizationToken). Nothing in it says how it is
/// to be verified.
public final class RegistryTokens {

    /// The user name of every token.
    public static final String USER = "AWS";

    private static final String VERSION = "1";
    private static final int MAC = 32;

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
        var claims = String.join(
                " ",
                VERSION,
                signingKeyId(),
                principal.accessKeyId(),
                registry.account(),
                registry.region(),
                Long.toString(expiresAt.toEpochMilli()));
        var bytes = claims.getBytes(StandardCharsets.UTF_8);
        var token = new byte[MAC + bytes.length];
        System.arraycopy(mac(bytes), 0, token, 0, MAC);
        System.arraycopy(bytes, 0, token, MAC, bytes.length);
        return new Issued(Base64.getUrlEncoder().withoutPadding().encodeToString(token), expiresAt);
    }

    public Verification verify(String user, String password, Instant now) {
        if (!user.equals(USER)) {
            return new Verification.Invalid();
        }
        return proven(password).map(claims -> verify(claims.split(" "), now)).orElseGet(Verification.Invalid::new);
    }

    private Verification verify(String[] claims, Instant now) {
        if (!claims[0].equals(VERSION) || !claims[1].equals(signingKeyId())) {
            return new Verification.Invalid();
        }
        if (!now.isBefore(Instant.ofEpochMilli(Long.parseLong(claims[5])))) {
            return new Verification.Expired();
        }
        var registry = new RegistryId(claims[3], claims[4]);
        return keys.principal(claims[2])
                .<Verification>map(principal -> new Verification.Valid(principal, registry))
                .orElseGet(Verification.Invalid::new);
    }

    /// What a password claims, if it was made here.
    private Optional<String> proven(String password) {
        return decode(password)
                .filter(token -> token.length > MAC)
                .filter(token -> MessageDigest.isEqual(mac(claims(token)), Arrays.copyOf(token, MAC)))
                .map(token -> new String(claims(token), StandardCharsets.UTF_8));
    }

    private static byte[] claims(byte[] token) {
        return Arrays.copyOfRange(token, MAC, token.length);
    }

    private static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] mac(byte[] claims) {
        return Hmac.SHA256.of(secret.bytes(), claims);
    }

    /// Tells which secret signed, without telling the secret.
    private String signingKeyId() {
        return HexFormat.of().formatHex(mac("id".getBytes(StandardCharsets.UTF_8)), 0, 4);
    }
}
