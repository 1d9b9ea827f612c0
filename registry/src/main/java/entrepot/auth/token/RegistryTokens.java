package entrepot.auth.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.auth.KnownKeys;
import entrepot.auth.LeastRecentlyUsed;
import entrepot.auth.Principal;
import entrepot.domain.AccountId;
import entrepot.domain.RegistryId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/// The passwords that `docker login` takes, and the bearer tokens that they are exchanged for. Each names the access
/// key it was made for and dies with it, or when it expires. The text is base64url of
/// ```
/// signature of the claims | claims
/// ```
/// where the claims are access key id, account, region and expiry, with a space between them; the id is empty where
/// nobody logged in. It holds no `:`, on which clients split (ECR API reference, GetAuthorizationToken). Nothing in it
/// says how it is to be verified.
public final class RegistryTokens {

    /// The user name of every token.
    public static final String USER = "AWS";

    /// Clients ask for another one by themselves, so it need not last.
    private static final Duration BEARER_LIFETIME = Duration.ofMinutes(5);

    private static final int REMEMBERED = 1_000;

    private final ServerSecrets secrets;
    private final KnownKeys keys;
    private final Duration lifetime;
    private final LeastRecentlyUsed<String, Proof> lately = new LeastRecentlyUsed<>(REMEMBERED);

    /// @param by the secrets that proved it
    private record Proof(String claims, Object by) {}

    public RegistryTokens(ServerSecrets secrets, KnownKeys keys, Duration lifetime) {
        this.secrets = secrets;
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

    /// What looking at credentials came to.
    public sealed interface Verification {

        /// Good, and their access key is there.
        ///
        /// @param registry of the account and the region that the token was made for
        /// @param until when they end
        record Valid(Principal principal, RegistryId registry, Instant until) implements Verification {}

        /// Once good, no longer.
        record Expired() implements Verification {}

        /// Never issued here, or their access key is gone.
        record Invalid() implements Verification {}
    }

    public Issued issue(Principal principal, RegistryId registry, Instant now) {
        return sign(principal, registry, now.plus(lifetime));
    }

    /// A bearer token in exchange for credentials, which it does not outlive.
    public Issued exchange(Verification.Valid login, Instant now) {
        var end = now.plus(lifetime.compareTo(BEARER_LIFETIME) < 0 ? lifetime : BEARER_LIFETIME);
        return sign(login.principal(), login.registry(), end.isBefore(login.until()) ? end : login.until());
    }

    private Issued sign(Principal principal, RegistryId registry, Instant expiresAt) {
        var claims = "%s %s %s %d"
                .formatted(principal.accessKeyId(), registry.account(), registry.region(), expiresAt.toEpochMilli())
                .getBytes(UTF_8);
        var token = ByteBuffer.allocate(SigningSecret.SIGNATURE + claims.length)
                .put(secrets.sign(claims))
                .put(claims)
                .array();
        return new Issued(Base64.getUrlEncoder().withoutPadding().encodeToString(token), expiresAt);
    }

    /// Looks at a login.
    public Verification verify(String user, String password, Instant now) {
        return user.equals(USER) ? verify(password, now, Optional.empty()) : new Verification.Invalid();
    }

    /// Looks at a bearer token, which may be one of nobody.
    public Verification verifyBearer(String token, Instant now) {
        return verify(token, now, Optional.of(Principal.anonymous()));
    }

    /// @param nobody who a token without an access key is of
    private Verification verify(String token, Instant now, Optional<Principal> nobody) {
        return proven(token)
                .map(claims -> verify(claims.split(" ", -1), now, nobody))
                .orElseGet(Verification.Invalid::new);
    }

    private Verification verify(String[] claims, Instant now, Optional<Principal> nobody) {
        var until = Instant.ofEpochMilli(Long.parseLong(claims[3]));
        if (!now.isBefore(until)) {
            return new Verification.Expired();
        }
        var registry = new RegistryId(new AccountId(claims[1]), claims[2]);
        return (claims[0].isEmpty() ? nobody : keys.principal(claims[0]))
                .<Verification>map(owner -> new Verification.Valid(owner, registry, until))
                .orElseGet(Verification.Invalid::new);
    }

    /// What a token claims, if it was made here. What was proven lately is not proven again while the secrets are the
    /// same. Its end and its key are looked at each time.
    private Optional<String> proven(String text) {
        var by = secrets.known();
        return lately.get(text)
                .filter(proof -> proof.by().equals(by))
                .map(Proof::claims)
                .or(() -> {
                    var claims = claimed(text);
                    claims.ifPresent(proven -> lately.put(text, new Proof(proven, by)));
                    return claims;
                });
    }

    private Optional<String> claimed(String text) {
        return decode(text)
                .filter(token -> token.length > SigningSecret.SIGNATURE)
                .filter(token -> secrets.signed(claims(token), Arrays.copyOf(token, SigningSecret.SIGNATURE)))
                .map(token -> new String(claims(token), UTF_8));
    }

    private static byte[] claims(byte[] token) {
        return Arrays.copyOfRange(token, SigningSecret.SIGNATURE, token.length);
    }

    private static Optional<byte[]> decode(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
