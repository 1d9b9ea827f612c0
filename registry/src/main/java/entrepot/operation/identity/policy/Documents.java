package entrepot.operation.identity.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.auth.policy.MalformedPolicyException;
import entrepot.auth.policy.PolicyDocument;
import entrepot.auth.policy.PolicyKind;
import entrepot.domain.User;
import entrepot.operation.identity.Quotas;
import entrepot.operation.identity.Refusals;
import entrepot.store.Transaction;
import entrepot.store.Users.InlinePolicy;
import java.net.URLEncoder;
import java.util.Optional;

/// The texts of policies: what may be stored, and how they are answered with.
final class Documents {

    private Documents() {}

    /// Fails with `MalformedPolicyDocument` for what could not be evaluated.
    static PolicyDocument requireIdentityPolicy(String document) {
        try {
            return PolicyDocument.parseNew(document, PolicyKind.IDENTITY);
        } catch (MalformedPolicyException e) {
            throw Refusals.malformed(Optional.ofNullable(e.getMessage()).orElse("Syntax errors in policy."));
        }
    }

    /// As [#requireIdentityPolicy], of a managed policy, which may not be too long.
    static PolicyDocument requireManagedPolicy(String document) {
        if (size(document) > Quotas.MANAGED_SIZE) {
            throw Refusals.quota("PolicySize", Quotas.MANAGED_SIZE);
        }
        return requireIdentityPolicy(document);
    }

    /// Fails with `LimitExceeded` if the user's policies would be too long together.
    static void requireInlineRoom(Transaction tx, User user, InlinePolicy policy) {
        var others = tx.users().policies(user, null, Integer.MAX_VALUE).stream()
                .filter(other -> !other.name().equals(policy.name()))
                .mapToInt(other -> size(other.document()))
                .sum();
        if (others + size(policy.document()) > Quotas.INLINE_SIZE) {
            throw Refusals.limit(
                    "Maximum policy size of %d bytes exceeded for user %s".formatted(Quotas.INLINE_SIZE, user.name()));
        }
    }

    /// Percent-encoded, as IAM answers with documents (RFC 3986).
    static String encode(String document) {
        return URLEncoder.encode(document, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /// White space is free.
    private static int size(String document) {
        return (int) document.chars().filter(c -> !Character.isWhitespace(c)).count();
    }
}
