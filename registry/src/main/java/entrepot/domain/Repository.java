package entrepot.domain;

import java.time.Instant;

/// A repository as it stands.
///
/// @param id the store's own, never reused
/// @param settingsVersion counts every change of the settings, so that a write can name the ones it was decided by
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
