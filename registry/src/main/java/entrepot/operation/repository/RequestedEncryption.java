package entrepot.operation.repository;

import entrepot.domain.Arn;
import entrepot.domain.Encryption;
import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.WrappedKeys;
import entrepot.operation.repository.RepositoryView.EncryptionConfiguration;
import org.jspecify.annotations.Nullable;

/// What whoever makes a repository asks of its encryption.
///
/// Source: ECR API, EncryptionConfiguration; ECR user guide, "Encryption at rest".
///
/// @param asked null for the storage's own
record RequestedEncryption(
        GivenKey given, RegistryId registry, @Nullable EncryptionConfiguration asked) {

    /// The repository's first data keys, so that no repository comes to be whose key cannot be used; null where nothing
    /// is sealed.
    @Nullable
    WrappedKeys keys(Arn repository) {
        return asked == null
                ? null
                : switch (asked.encryptionType()) {
                    case "AES256" -> none(asked);
                    case "KMS_DSSE" -> twice(asked, repository);
                    default -> keys(1, asked, repository);
                };
    }

    private static @Nullable WrappedKeys none(EncryptionConfiguration asked) {
        if (asked.kmsKey() != null) {
            throw refusal("kmsKey must not be given with encryptionType AES256");
        }
        return null;
    }

    /// For governments alone.
    private WrappedKeys twice(EncryptionConfiguration asked, Arn repository) {
        if (!registry.partition().name().equals("aws-us-gov")) {
            throw refusal("encryptionType KMS_DSSE is available in the regions us-gov-* alone");
        }
        return keys(2, asked, repository);
    }

    private WrappedKeys keys(int layers, EncryptionConfiguration asked, Arn repository) {
        var key = given.find(registry, repository, asked.kmsKey());
        return given.vault().newKeys(new Encryption.ByKey(layers, key), repository);
    }

    private static RegistryException refusal(String constraint) {
        return new RegistryException(new JsonAloneError.InvalidParameter("encryptionConfiguration", constraint));
    }
}
