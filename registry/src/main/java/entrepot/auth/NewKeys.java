package entrepot.auth;

import entrepot.domain.AccountId;
import entrepot.domain.User;
import entrepot.store.AccessKeys.AccessKey;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Makes access keys of the form of AWS's long-term keys, and ids of the form of IAM's.
public final class NewKeys {

    private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String SECRET_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /// What no secret may be shorter than, whoever chose it. Half of what is made here.
    public static final int SHORTEST_SECRET = 20;

    private final SecureRandom random;

    public NewKeys(SecureRandom random) {
        this.random = random;
    }

    /// A new key of a root, which is not stored yet.
    public AccessKey create(AccountId account, Instant now) {
        return create(account, null, now);
    }

    /// A new key, which is not stored yet.
    ///
    /// @param user whose it is to be; null for the root
    public AccessKey create(AccountId account, @Nullable User user, Instant now) {
        return new AccessKey("AKIA" + text(ID_ALPHABET, 16), text(SECRET_ALPHABET, 40), account, user, true, now);
    }

    /// A new id of a user or a policy.
    ///
    /// @param prefix `AIDA` or `ANPA`
    public String id(String prefix) {
        return prefix + text(ID_ALPHABET, 17);
    }

    private String text(String alphabet, int length) {
        var text = new StringBuilder(length);
        random.ints(length, 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));
        return text.toString();
    }
}
