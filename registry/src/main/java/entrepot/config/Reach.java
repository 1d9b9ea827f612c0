package entrepot.config;

import entrepot.domain.RegistryAddress;
import entrepot.http.TrustedProxies;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How clients reach the server.
///
/// @param publicUrl where they do; null for `http://localhost:` and the port
/// @param publicHosts hosts that they may call it by, each with or without a port
/// @param trustedProxies addresses and networks of proxies that say who a client is
public record Reach(@Nullable RegistryAddress publicUrl, Set<String> publicHosts, Set<String> trustedProxies) {

    private static final String NETWORK = "an IP address, or one and a slash and a number of bits";

    public Reach {
        publicHosts = Set.copyOf(publicHosts);
        trustedProxies = Set.copyOf(trustedProxies);
    }

    static Reach read(Sources sources) {
        return new Reach(
                sources.optional("public-url", PublicUrl::parse).orElse(null),
                sources.list("public-hosts", "a host, with or without a port", PublicUrl::isHost),
                sources.list("trusted-proxies", NETWORK, TrustedProxies::isNetwork));
    }

    /// Where clients reach the server, unless a name that they call it by is known.
    ///
    /// @param scheme how a client came, for where nothing is configured
    public RegistryAddress address(String scheme, int port) {
        return publicUrl == null ? new RegistryAddress(scheme, "localhost:" + port) : publicUrl;
    }

    /// Proxies that are believed, and what clients call this server behind them.
    public TrustedProxies proxies() {
        var names = new HashSet<>(publicHosts);
        if (publicUrl != null) {
            names.add(publicUrl.host());
        }
        return TrustedProxies.of(trustedProxies).naming(names);
    }
}
