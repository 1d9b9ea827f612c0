package entrepot.auth;

import entrepot.domain.AccountId;
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
/// @param service the one of AWS's that is called, such as `ecr`
/// @param replicated the registry that brings something here that has changed there; null where nobody replicates
public record Caller(
        Principal principal,
        RegistryId registry,
        RegistryAddress address,
        Origin origin,
        String service,
        @Nullable RegistryId replicated) {

    public Caller {
        principal = principal.in(registry.partition());
    }

    /// Of ECR, which `/v2` is a part of.
    public Caller(Principal principal, RegistryId registry, RegistryAddress address, Origin origin) {
        this(principal, registry, address, origin, "ecr");
    }

    public Caller(Principal principal, RegistryId registry, RegistryAddress address, Origin origin, String service) {
        this(principal, registry, address, origin, service, null);
    }

    /// The same, who brings what has changed in another registry.
    public Caller replicating(RegistryId from) {
        return new Caller(principal, registry, address, origin, service, from);
    }

    /// The same, of another service.
    public Caller calling(String other) {
        return new Caller(principal, registry, address, origin, other, replicated);
    }

    /// The part of AWS that is called, in which everything has its name.
    public Partition partition() {
        return registry.partition();
    }

    /// The registry that a call's optional `registryId` means.
    public RegistryId registry(@Nullable AccountId registryId) {
        return registryId == null ? registry : registry.ofAccount(registryId);
    }
}
