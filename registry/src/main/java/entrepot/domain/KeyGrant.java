package entrepot.domain;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What somebody may do with a key besides what policies say. Source: KMS developer guide, "Grants in AWS KMS".
///
/// @param id 64 hexadecimal digits
/// @param issuer whose principal made it
public record KeyGrant(String id, String keyId, Terms terms, AccountId issuer, Instant createdAt) {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");
    private static final SecureRandom RANDOM = new SecureRandom();

    /// What is granted, and to whom. A principal is an account by its id, a user by its id (`AIDA...`), one of AWS's
    /// services by its name, and by its ARN whoever is nobody here.
    ///
    /// @param retiring who may end it besides those whom policies let; null for nobody
    /// @param operations without `kms:`, each once, in their order
    /// @param name by which whoever made it knows it; null for none
    public record Terms(
            String grantee,
            @Nullable String retiring,
            List<String> operations,
            GrantConstraints constraints,
            @Nullable String name) {

        public Terms {
            operations = operations.stream().distinct().sorted().toList();
        }
    }

    public static KeyGrant create(String keyId, Terms terms, AccountId issuer, Instant now) {
        var id = new byte[32];
        RANDOM.nextBytes(id);
        return new KeyGrant(HexFormat.of().formatHex(id), keyId, terms, issuer, now);
    }

    /// Whether a grant could be called so.
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
