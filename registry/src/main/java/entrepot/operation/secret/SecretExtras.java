package entrepot.operation.secret;

import entrepot.domain.RegistryId;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// What Secrets Manager can do besides, and is not done here: refused, so that nobody believes it was.
final class SecretExtras {

    private static final String ALIAS = "alias/aws/secretsmanager";

    private SecretExtras() {}

    /// Values are sealed under the server's own key, which stands for the key that AWS keeps for an account.
    static void requireUsualKey(RegistryId registry, @Nullable String key) {
        var arn = "arn:%s:kms:%s:%s:%s".formatted(registry.partition(), registry.region(), registry.account(), ALIAS);
        if (key != null && !key.isEmpty() && !key.equals(ALIAS) && !key.equals(arn)) {
            throw SecretRefusals.parameter(
                    "A KmsKeyId other than %s is not supported here: values are sealed under the server's own key."
                            .formatted(ALIAS));
        }
    }

    static void requireNone(String member, @Nullable Object given) {
        var isNothing = given == null
                || (given instanceof String text && text.isEmpty())
                || (given instanceof Collection<?> list && list.isEmpty());
        if (!isNothing) {
            throw SecretRefusals.parameter("%s is not supported here.".formatted(member));
        }
    }
}
