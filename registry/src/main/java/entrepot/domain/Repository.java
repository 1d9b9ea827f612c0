package entrepot.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A repository as it stands.
///
/// @param id the store's own, never reused
/// @param settingsVersion counts every change of the settings, for writes to name the ones that they were decided by;
/// none does yet
/// @param scanOnPush ECR's `imageScanningConfiguration`; stored, nothing scans yet
/// @param keys what its manifests are sealed under; null where the storage alone encrypts
public record Repository(
        long id,
        RegistryId registry,
        RepositoryName name,
        TagMutability tagMutability,
        boolean scanOnPush,
        long settingsVersion,
        Instant createdAt,
        @Nullable WrappedKeys keys) {

    public Arn arn() {
        return registry.repository(name);
    }

    /// How all that is in it lies at rest.
    public Encryption encryption() {
        return keys == null ? Encryption.AES256 : keys.by();
    }
}
