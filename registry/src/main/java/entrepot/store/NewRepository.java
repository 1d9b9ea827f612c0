package entrepot.store;

import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.TagMutability;
import entrepot.domain.WrappedKeys;
import org.jspecify.annotations.Nullable;

/// A repository to be made; the members are those of [entrepot.domain.Repository].
public record NewRepository(
        RegistryId registry,
        RepositoryName name,
        TagMutability tagMutability,
        boolean scanOnPush,
        @Nullable WrappedKeys keys) {}
