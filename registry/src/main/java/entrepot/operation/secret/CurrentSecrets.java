package entrepot.operation.secret;

import entrepot.domain.RegistryId;
import entrepot.domain.Secret;
import entrepot.domain.SecretArn;
import entrepot.domain.SecretValue;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.Optional;

/// The secrets of a registry as the registry itself uses them, without a request of anybody's: whether somebody may
/// have
/// it use one is decided before, by [SecretNeeds].
public record CurrentSecrets(MetadataStore metadata) {

    /// The current value of a secret; empty if there is no such secret, if it is to be deleted, or has no value. Never
    /// of another account or region.
    ///
    /// @param nameOrArn in any form that calls may name a secret in
    /// @throws IllegalStateException if the value cannot be opened
    public Optional<SecretValue> value(RegistryId registry, String nameOrArn) {
        return metadata.read(tx -> find(tx, registry, nameOrArn)
                .filter(secret -> secret.deletion() == null)
                .flatMap(secret -> SecretVersions.current(tx.secrets().versions(secret))
                        .flatMap(version -> tx.secrets().value(secret, version.id()))));
    }

    /// The whole ARN of a secret, also of one that is to be deleted.
    public Optional<SecretArn> arn(RegistryId registry, String nameOrArn) {
        return metadata.read(tx -> find(tx, registry, nameOrArn)).map(Secret::arn);
    }

    private static Optional<Secret> find(Transaction tx, RegistryId registry, String nameOrArn) {
        return SecretName.of(registry, nameOrArn)
                .filter(name -> name.home().equals(registry))
                .flatMap(name -> name.find(tx));
    }
}
