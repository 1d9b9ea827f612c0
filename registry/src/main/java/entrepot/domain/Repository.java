package entrepot.domain;

import java.time.Instant;

/// A repository as it stands.
///
/// @param id the store's own, never reused
/// @param settingsVersion counts every change of the settings, for writes to name the ones that they were decided by;
/// none does yet
/// @param scanOnPush ECR's `imageScanningConfiguration`; stored, nothing scans yet
public record Repository(
        long id,
        RegistryId registry,
        RepositoryName name,
        TagMutability tagMutability,
        boolean scanOnPush,
        long settingsVersion,
        Instant createdAt) {

    public Arn arn() {
        return registry.repository(name);
    }
}
