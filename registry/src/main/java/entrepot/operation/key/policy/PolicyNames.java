package entrepot.operation.key.policy;

import entrepot.domain.KmsError.Kind;
import entrepot.operation.key.KeyPolicyText;
import org.jspecify.annotations.Nullable;

/// A key has one policy, under one name.
final class PolicyNames {

    private PolicyNames() {}

    /// Fails with a refusal if another name is asked for.
    static void require(@Nullable String asked) {
        if (asked != null && !asked.equals(KeyPolicyText.NAME)) {
            throw Kind.NOT_FOUND.refusal("No such policy exists");
        }
    }
}
