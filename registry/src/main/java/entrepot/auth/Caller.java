package entrepot.auth;

import entrepot.domain.Origin;
import entrepot.domain.Partition;
import entrepot.domain.RegistryAddress;
import entrepot.domain.RegistryId;
import org.jspecify.annotations.Nullable;

/// Who is asking, already proven, and of which registry.
///
/// @param registry the one that the request means: by its host, its credential or its token
/// @param address where the client reaches that registry
/// @param origin where the request comes from
public record Caller(Principal principal, RegistryId registry, RegistryAddress address, Origin origin) {

    public Caller {
        principal = principal.in(registry.partition());
    }

    /// The part of AWS that is called, in which everything has its name.
    public Partition partition() {
        return registry.partition();
    }

    /// The registry that a call's optional `registryId` means.
    public RegistryId registry(@Nullable String registryId) {
        return registryId == null ? registry : registry.ofAccount(registryId);
    }
}
