package entrepot.store;

import entrepot.domain.Arn;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryError;
import org.jspecify.annotations.Nullable;

/// None is configured: whatever needs one fails, so that nothing is ever less encrypted than it was asked to be.
public record NoKeyService() implements KeyService {

    @Override
    public Arn resolve(RegistryId registry, @Nullable String named) {
        throw refusal();
    }

    @Override
    public Meant meant(RegistryId registry, String named) {
        throw refusal();
    }

    @Override
    public DataKey generate(Arn key, Arn repository) {
        throw refusal();
    }

    @Override
    public byte[] unwrap(Arn key, Arn repository, byte[] wrapped) {
        throw refusal();
    }

    private static RegistryException refusal() {
        return new RegistryException(new RepositoryError.Kms(
                "KMS.NotFoundException", "No key service is configured, so encryption by a key is not available"));
    }
}
