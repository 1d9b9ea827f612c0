package entrepot.operation.key.grant;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.GrantConstraints;
import entrepot.domain.KmsError.Kind;
import entrepot.operation.key.KeyRefusals;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// For which encryption contexts a grant is, as calls have it.
public record Constraints(
        @Nullable Map<String, String> encryptionContextSubset,
        @Nullable Map<String, String> encryptionContextEquals,
        @Nullable String sourceArn) {

    /// KMS's quotas, for each of the two: pairs, and characters of all names and values.
    private static final int MOST = 8;

    private static final int LONGEST = 384;

    /// Fails with a refusal if there is too much of it.
    static GrantConstraints checked(@Nullable Constraints given) {
        if (given == null) {
            return GrantConstraints.NONE;
        }
        if (given.sourceArn() != null) {
            throw KeyRefusals.validation("SourceArn is for grants to services that call by themselves.");
        }
        check(given.encryptionContextSubset());
        check(given.encryptionContextEquals());
        return new GrantConstraints(given.encryptionContextEquals(), given.encryptionContextSubset());
    }

    private static void check(@Nullable Map<String, String> pairs) {
        if (pairs == null) {
            return;
        }
        var length = 0;
        for (var pair : pairs.entrySet()) {
            length += pair.getKey().length() + pair.getValue().length();
            requireText(pair.getKey());
            requireText(pair.getValue());
        }
        if (pairs.size() > MOST || length > LONGEST) {
            throw Kind.LIMIT_EXCEEDED.refusal(
                    "A grant constraint can have at most %d pairs and %d characters.".formatted(MOST, LONGEST));
        }
    }

    /// Half of a character would be stored as another one.
    private static void requireText(String text) {
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw KeyRefusals.validation("A grant constraint must be text.");
        }
    }

    static @Nullable Constraints of(GrantConstraints constraints) {
        return constraints.equals(GrantConstraints.NONE)
                ? null
                : new Constraints(constraints.part(), constraints.exact(), null);
    }
}
