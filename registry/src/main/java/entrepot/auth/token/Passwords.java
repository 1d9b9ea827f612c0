package entrepot.auth.token;

import entrepot.auth.Hmac;
import entrepot.auth.KnownKeys;
import entrepot.auth.Regions;
import entrepot.auth.token.RegistryTokens.Verification;
import entrepot.domain.RegistryId;
import entrepot.store.AccessKeys.AccessKey;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;

/// What user name and password are good for on `/v2`: the user `AWS` with a registry token and, where the
/// configuration says so, an access key's id with its secret, which ECR does not take (aws/containers-roadmap#1447).
///
/// Whoever has no such key learns it by the same work as a wrong secret takes.
public final class Passwords {

    /// Stands in for the secret of a key that does not exist. Knowing it helps nobody: there is no such key to log in.
    private static final String NOBODYS = "0000000000000000000000000000000000000000";

    private final RegistryTokens tokens;
    private final KnownKeys keys;
    private final Regions regions;
    private final boolean takesKeys;
    private final Hmac hmac;
    private final byte[] blinding = new byte[32];

    public Passwords(RegistryTokens tokens, KnownKeys keys, Regions regions, boolean takesKeys) {
        this(tokens, keys, regions, takesKeys, Hmac.SHA256);
    }

    Passwords(RegistryTokens tokens, KnownKeys keys, Regions regions, boolean takesKeys, Hmac hmac) {
        this.tokens = tokens;
        this.keys = keys;
        this.regions = regions;
        this.takesKeys = takesKeys;
        this.hmac = hmac;
        new SecureRandom().nextBytes(blinding);
    }

    /// Looks at a login.
    ///
    /// @param asked the registry that the request's host means, or the default; a key says no region
    public Verification verify(String user, String password, RegistryId asked, Instant now) {
        return takesKeys && !user.equals(RegistryTokens.USER)
                ? verifyKey(user, password, asked.region())
                : tokens.verify(user, password, now);
    }

    /// Looks at an access key and its secret, whatever is taken on `/v2`.
    public Verification verifyKey(String id, String secret, String region) {
        var key = keys.find(id);
        var isRight = areSame(secret, key.map(AccessKey::secret).orElse(NOBODYS));
        return key.filter(_ -> isRight && regions.serves(region))
                .flatMap(known -> keys.principal(known.id()))
                .<Verification>map(
                        owner -> new Verification.Valid(owner, new RegistryId(owner.account(), region), Instant.MAX))
                .orElseGet(Verification.Invalid::new);
    }

    /// What is compared tells nothing of the texts, neither where they differ nor how long they are.
    private boolean areSame(String one, String other) {
        return MessageDigest.isEqual(hmac.of(blinding, one), hmac.of(blinding, other));
    }
}
