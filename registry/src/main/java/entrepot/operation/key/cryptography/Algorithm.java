package entrepot.operation.key.cryptography;

import entrepot.domain.KmsError.Kind;
import entrepot.operation.key.KeyRefusals;
import org.jspecify.annotations.Nullable;

/// The one algorithm that symmetric keys have.
final class Algorithm {

    static final String NAME = "SYMMETRIC_DEFAULT";

    private Algorithm() {}

    /// Fails with a refusal if another one is asked for.
    static void require(@Nullable String asked) {
        if (asked != null && !asked.equals(NAME)) {
            throw Kind.INVALID_KEY_USAGE.refusal(
                    "Algorithm %s and key spec %s are incompatible.".formatted(asked, NAME));
        }
    }

    /// Fails with a refusal for a recipient in an enclave, which there is none of.
    static void requireNoRecipient(@Nullable Object recipient) {
        if (recipient != null) {
            throw KeyRefusals.validation("Recipient is not supported here.");
        }
    }
}
