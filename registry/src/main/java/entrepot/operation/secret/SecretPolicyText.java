package entrepot.operation.secret;

import entrepot.auth.Caller;
import entrepot.auth.policy.MalformedPolicyException;
import entrepot.auth.policy.PolicyKind;
import entrepot.domain.RegistryException;
import entrepot.domain.SecretsError.Kind;
import entrepot.operation.PolicyText;
import entrepot.store.Transaction;
import org.jspecify.annotations.Nullable;

/// A resource policy that came with a call.
///
/// @param text laid out as it is answered
record SecretPolicyText(PolicyText text) {

    /// The one name that a secret's policy has.
    private static final String NAME = "default";

    /// Fails in Secrets Manager's words with a text that is no policy of a secret.
    static SecretPolicyText parse(String text) {
        try {
            return new SecretPolicyText(PolicyText.of(text, PolicyKind.SECRET));
        } catch (MalformedPolicyException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    /// Fails with a refusal if another name is given than a policy has.
    static void requireName(@Nullable String name) {
        if (name != null && !name.equals(NAME)) {
            throw SecretRefusals.parameter("The PolicyName must be %s.".formatted(NAME));
        }
    }

    /// Fails with a refusal for one that gives anything to everyone, if such are to be blocked.
    void requireNotPublic(@Nullable Boolean blocked) {
        if (Boolean.TRUE.equals(blocked) && text.document().allowsEveryone()) {
            throw Kind.PUBLIC_POLICY.refusal("This resource policy grants broad access to the secret, and the request"
                    + " has BlockPublicPolicy.");
        }
    }

    /// As it is stored, see [PolicyText#bind].
    String bound(Transaction tx, Caller caller) {
        return text.bind(tx, caller.partition())
                .orElseThrow(() -> malformed("This resource policy contains an unsupported principal."));
    }

    private static RegistryException malformed(String message) {
        return Kind.MALFORMED_POLICY_DOCUMENT.refusal(message);
    }
}
