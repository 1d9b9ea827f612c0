package entrepot.auth;

import entrepot.domain.Origin;
import entrepot.domain.RegistryAddress;
import entrepot.domain.RegistryId;
import entrepot.store.AccessKeys.Use;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// Makes a caller of someone proven: decides which registry their request means, and where they reach it.
public final class Callers {

    private final RegistryHosts hosts;
    private final Consumer<Caller> logins;

    public Callers(RegistryHosts hosts) {
        this(hosts, _ -> {});
    }

    private Callers(RegistryHosts hosts, Consumer<Caller> logins) {
        this.hosts = hosts;
        this.logins = logins;
    }

    /// The same, where a login on `/v2` is a use of the key that stands behind it, as a signature is.
    public Callers counting(KeyUsage usage, InstantSource clock) {
        return new Callers(hosts, caller -> {
            if (!caller.principal().isAnonymous()) {
                var use = new Use(clock.instant(), caller.registry().region(), "ecr");
                usage.record(caller.principal().accessKeyId(), use);
            }
        });
    }

    /// Of an API call: the registry is the credential's account in its scope's region, whatever the host.
    ///
    /// @param calledAs as sent
    public Caller ofApi(Authentication.Proven proven, RegistryAddress calledAs, Origin origin) {
        return caller(proven.principal(), new RegistryId(proven.account(), proven.region()), calledAs, origin);
    }

    /// Of a request on `/v2`: the registry that the host is the name of, else the one that the token was made for.
    /// Empty if the host is the name of a registry in another region than the token's, where it does not fit.
    ///
    /// @param made what the token was made for
    /// @param calledAs as sent
    public Optional<Caller> ofRegistry(Principal principal, RegistryId made, RegistryAddress calledAs, Origin origin) {
        var registry = hosts.registry(calledAs.host()).orElse(made);
        if (!registry.region().equals(made.region())) {
            return Optional.empty();
        }
        var caller = caller(principal, registry, calledAs, origin);
        logins.accept(caller);
        return Optional.of(caller);
    }

    private Caller caller(Principal principal, RegistryId registry, RegistryAddress calledAs, Origin origin) {
        return new Caller(principal, registry, hosts.address(registry, calledAs), origin);
    }
}
