package entrepot.operation.key.grant;

import static java.nio.charset.StandardCharsets.US_ASCII;

import entrepot.auth.Caller;
import entrepot.domain.KeyArn;
import entrepot.domain.KeyGrant;
import entrepot.domain.KmsError.Kind;
import java.util.Base64;
import java.util.UUID;

/// How whoever made a grant may call it. It says which grant is meant, and opens nothing: a grant is in force at once,
/// for whom it names.
record GrantToken(KeyArn key, String grantId) {

    /// In Base64, and never the same again, as KMS's tokens.
    @Override
    public String toString() {
        var text = "%s %s %s".formatted(key, grantId, UUID.randomUUID());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
    }

    /// Fails with a refusal for what is none of the region that is called.
    static GrantToken parse(Caller caller, String text) {
        var words = decoded(text).split(" ", -1);
        if (words.length != 3 || !KeyGrant.isId(words[1])) {
            throw Kind.INVALID_GRANT_TOKEN.refusal("Invalid grant token.");
        }
        return KeyArn.parse(words[0])
                .filter(key -> key.home().region().equals(caller.registry().region()))
                .map(key -> new GrantToken(key, words[1]))
                .orElseThrow(() -> Kind.INVALID_GRANT_TOKEN.refusal("Invalid grant token."));
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getUrlDecoder().decode(text), US_ASCII);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
