package entrepot.operation.repository;

import entrepot.domain.Arn;
import entrepot.domain.Encryption;
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
        if (asked == null) {
            return null;
        }
        asked.check(registry);
        return switch (asked.encryptionType()) {
            case "AES256" -> null;
            case "KMS_DSSE" -> keys(2, asked, repository);
            default -> keys(1, asked, repository);
        };
    }

    private WrappedKeys keys(int layers, EncryptionConfiguration asked, Arn repository) {
        var key = given.find(registry, repository, asked.kmsKey());
        return given.vault().newKeys(new Encryption.ByKey(layers, key), repository);
    }
}
