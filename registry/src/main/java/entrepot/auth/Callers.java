package entrepot.auth;

import entrepot.domain.RegistryAddress;
import entrepot.domain.RegistryId;
import java.util.Optional;

/// Makes a caller of someone proven: decides which registry their request means, and where they reach it.
public final class Callers {

    private final RegistryHosts hosts;

    public Callers(RegistryHosts hosts) {
        this.hosts = hosts;
    }

    /// Of an API call: the registry is the credential's account in its scope's region, whatever the host.
    ///
    /// @param calledAs as sent
    public Caller ofApi(Authentication.Proven proven, RegistryAddress calledAs) {
        return caller(proven.principal(), new RegistryId(proven.account(), proven.region()), calledAs);
    }

    /// Of a request on `/v2`: the registry that the host is the name of, else the one that the token was made for.
    /// Empty if the host is the name of a registry in another region than the token's, where it does not fit.
    ///
    /// @param made what the token was made for
    /// @param calledAs as sent
    public Optional<Caller> ofRegistry(Principal principal, RegistryId made, RegistryAddress calledAs) {
        var registry = hosts.registry(calledAs.host()).orElse(made);
        return registry.region().equals(made.region())
                ? Optional.of(caller(principal, registry, calledAs))
                : Optional.empty();
    }

    private Caller caller(Principal principal, RegistryId registry, RegistryAddress calledAs) {
        return new Caller(principal, registry, hosts.address(registry, calledAs));
    }
}
