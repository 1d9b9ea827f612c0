package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.domain.Arn;
import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryError;
import entrepot.operation.Decisions;
import entrepot.operation.Operation;
import entrepot.operation.key.RepositoryKeyNeeds;
import entrepot.sealing.Vault;
import entrepot.store.KeyService;
import org.jspecify.annotations.Nullable;

/// The key that a caller gives to a repository, which ECR uses for them from then on. Whether they may give it is
/// decided before they are told whether it is there.
record GivenKey(Vault vault, Decisions decisions, Operation<?, ?> operation, Caller caller) {

    /// The key of any name. The usual one is everybody's who may make repositories.
    Arn find(RegistryId registry, Arn repository, @Nullable String named) {
        if (named == null || named.equals(KeyService.DEFAULT_KEY)) {
            return vault.resolve(registry, null);
        }
        var meant = vault.meant(registry, named);
        require(repository, meant, named);
        var found = vault.resolve(registry, named);
        if (!found.equals(meant.arn())) { // an alias that was given to another key meanwhile
            require(repository, new KeyService.Meant(found, meant.isOurs()), named);
        }
        return found;
    }

    private void require(Arn repository, KeyService.Meant key, String named) {
        try {
            decisions.require(caller, operation, RepositoryKeyNeeds.of(caller, repository, key, named));
        } catch (RegistryException e) {
            throw e.error() instanceof EveryApiError.AccessDenied denied
                    ? new RegistryException(
                            new RepositoryError.Kms(RepositoryError.Kms.ACCESS_DENIED, denied.message()))
                    : e;
        }
    }
}
