package entrepot.auth;

import entrepot.domain.RegistryAddress;
import entrepot.domain.RegistryId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What the `Host` that a client sent means. It never gets into an answer unchecked: only a host of ECR's form or one
/// that the configuration lists does.
public final class RegistryHosts {

    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

    private final Function<String, RegistryAddress> publicAddress;
    private final Set<String> publicHosts;

    /// @param publicAddress where clients reach this server by, unless they call it by a name that is known; given the
    ///     scheme they came by
    /// @param publicHosts as configured, each with or without a port
    public RegistryHosts(Function<String, RegistryAddress> publicAddress, Set<String> publicHosts) {
        this.publicAddress = publicAddress;
        this.publicHosts =
                Set.copyOf(publicHosts.stream().map(RegistryHosts::lowerCase).toList());
    }

    /// The registry that a host is the name of. Empty for every other host, where the credential decides.
    public Optional<RegistryId> registry(String host) {
        return EcrHost.parse(lowerCase(host)).flatMap(EcrHost::registry);
    }

    /// Where a client that called by this scheme and host, both as sent, reaches a registry.
    public RegistryAddress address(RegistryId registry, RegistryAddress calledAs) {
        var configured = publicAddress.apply(calledAs.scheme());
        var name = lowerCase(calledAs.host());
        return EcrHost.parse(name)
                .filter(ecr -> ecr.hasKnownSuffix() || isPublic(name))
                .map(ecr -> ecr.of(registry))
                .or(() -> Optional.of(name).filter(this::isPublic))
                .map(checked -> new RegistryAddress(configured.scheme(), checked))
                .orElse(configured);
    }

    private boolean isPublic(String host) {
        return publicHosts.contains(host)
                || publicHosts.contains(PORT.matcher(host).replaceFirst(""));
    }

    private static String lowerCase(String host) {
        return host.toLowerCase(Locale.ROOT);
    }
}
