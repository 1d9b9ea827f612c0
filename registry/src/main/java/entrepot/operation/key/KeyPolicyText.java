package entrepot.operation.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.auth.Access;
import entrepot.auth.Caller;
import entrepot.auth.policy.MalformedPolicyException;
import entrepot.auth.policy.PolicyDocument;
import entrepot.auth.policy.PolicyKind;
import entrepot.domain.KeyArn;
import entrepot.domain.KmsError.Kind;
import entrepot.domain.RegistryException;
import entrepot.operation.PolicyText;
import entrepot.store.Transaction;
import java.time.Instant;

/// A key's policy that came with a call.
///
/// @param text laid out as KMS answers it
public record KeyPolicyText(PolicyText text) {

    /// The one name that a key's policy has.
    public static final String NAME = "default";

    /// KMS's quota for a key's policy, in bytes.
    private static final int LONGEST = 32 << 10;

    /// Fails in KMS's words with a text that is no policy of a key, or too long.
    public static KeyPolicyText parse(String text) {
        if (text.getBytes(UTF_8).length > LONGEST) {
            throw Kind.LIMIT_EXCEEDED.refusal("The key policy is longer than %d bytes.".formatted(LONGEST));
        }
        try {
            return new KeyPolicyText(PolicyText.of(text, PolicyKind.KEY));
        } catch (MalformedPolicyException e) {
            throw malformed(String.valueOf(e.getMessage()));
        }
    }

    /// What a key has that is made without one: all is left to its account.
    public static KeyPolicyText ofAccount(Caller caller) {
        return parse("""
            {"Version": "2012-10-17", "Id": "key-default-1", "Statement": [{"Sid": "Enable IAM User Permissions",
            "Effect": "Allow", "Principal": {"AWS": "arn:%s:iam::%s:root"}, "Action": "kms:*", "Resource": "*"}]}""".formatted(caller.partition(), caller.registry().account()));
    }

    /// As it is stored, see [PolicyText#bind].
    public String bound(Transaction tx, Caller caller) {
        return text.bind(tx, caller.partition())
                .orElseThrow(() -> malformed("Policy contains a statement with one or more invalid principals."));
    }

    /// Fails if under the policy the caller could not set another one.
    ///
    /// @param bound the policy, as it is stored
    public static void refuseLockOut(Transaction tx, Instant now, Caller caller, KeyArn key, String bound) {
        var document = PolicyDocument.parse(bound, PolicyKind.KEY);
        if (!Access.wouldAllowOnKey(tx, now, caller, KeyNeeds.on(caller, "PutKeyPolicy", key), document)) {
            throw malformed("The new key policy will not allow you to update the key policy in the future.");
        }
    }

    private static RegistryException malformed(String message) {
        return Kind.MALFORMED_POLICY_DOCUMENT.refusal(message);
    }
}
