package entrepot.store;

import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import java.util.Optional;

/// The policy of each repository and of each registry, as a text that its writer has found well-formed.
public interface ResourcePolicies {

    Optional<String> ofRepository(Repository repository);

    /// In place of any that is there.
    void putRepository(Repository repository, String document);

    /// Removing an absent one is not an error.
    void deleteRepository(Repository repository);

    Optional<String> ofRegistry(RegistryId registry);

    /// In place of any that is there. The registry comes to be with it.
    void putRegistry(RegistryId registry, String document);

    /// Removing an absent one is not an error.
    void deleteRegistry(RegistryId registry);
}
