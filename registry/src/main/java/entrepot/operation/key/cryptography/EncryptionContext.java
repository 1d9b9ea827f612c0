package entrepot.operation.key.cryptography;

import entrepot.auth.Permission;
import entrepot.operation.key.KeyNeeds;
import entrepot.operation.key.KeyRefusals;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a ciphertext is bound to, and must be told again to decrypt it. Policies may ask for it under
/// `kms:EncryptionContext:` and the name of a pair. Source: KMS developer guide, "Encryption context".
record EncryptionContext(Map<String, String> pairs) {

    /// In characters, of all names and values, so that what a policy looks at is bounded.
    private static final int LONGEST = 8192;

    /// Fails with a refusal if there is too much of it.
    static EncryptionContext of(@Nullable Map<String, String> given) {
        var pairs = given == null ? Map.<String, String>of() : given;
        var length = 0;
        for (var pair : pairs.entrySet()) {
            length += pair.getKey().length() + pair.getValue().length();
        }
        if (length > LONGEST) {
            throw KeyRefusals.validation("The encryption context is longer than %d characters.".formatted(LONGEST));
        }
        return new EncryptionContext(pairs);
    }

    /// The same, for a request with this context.
    Permission in(Permission permission) {
        var more = permission.with("kms:EncryptionAlgorithm", List.of("SYMMETRIC_DEFAULT"));
        return pairs.isEmpty() ? more : KeyNeeds.inContext(more, pairs);
    }
}
