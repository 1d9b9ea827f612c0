package entrepot.auth;

import entrepot.store.AccessKeys.AccessKey;
import java.security.SecureRandom;

/// Makes access keys for an account's root principal, of the form of AWS's long-term keys.
public final class RootKeys {

    private static final String ID_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String SECRET_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final SecureRandom random;

    public RootKeys(SecureRandom random) {
        this.random = random;
    }

    /// A new key, which is not stored yet.
    public AccessKey create(String account) {
        return new AccessKey("AKIA" + text(ID_ALPHABET, 16), text(SECRET_ALPHABET, 40), account, arn(account));
    }

    /// The ARN of an account's root principal.
    public static String arn(String account) {
        return "arn:aws:iam::" + account + ":root";
    }

    private String text(String alphabet, int length) {
        var text = new StringBuilder(length);
        random.ints(length, 0, alphabet.length()).forEach(i -> text.append(alphabet.charAt(i)));
        return text.toString();
    }
}
