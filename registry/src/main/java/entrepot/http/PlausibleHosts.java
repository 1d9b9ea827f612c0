package entrepot.http;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a client may have sent as `Host`, of which proxies tell parts: the host without the port, the port in a line of
/// its own or spelt out although it is the scheme's, or nothing, where the name that is known to all must do. Clients
/// sign their `Host`, so that a guess that is wrong fits no signature.
///
/// @param stated the host that the request has
/// @param port what the proxy says it was called on, which may be no port; empty if it says nothing
record PlausibleHosts(String stated, Optional<String> port) {

    /// Each is tried on a signature that does not fit.
    private static final int MOST = 12;

    private static final Set<String> OF_SCHEMES = Set.of("80", "443");

    /// All others than the stated one, the likeliest first.
    ///
    /// @param sent what the proxy itself called
    /// @param names of this server, each with or without a port
    List<String> others(Optional<String> sent, Collection<String> names) {
        var hosts = new LinkedHashSet<String>();
        addForms(hosts, stated);
        sent.ifPresent(host -> addForms(hosts, host));
        var name = withoutPort(stated);
        Stream.concat(
                        names.stream().filter(known -> withoutPort(known).equalsIgnoreCase(name)),
                        names.stream().sorted())
                .forEach(known -> addForms(hosts, known));
        hosts.remove(stated);
        return hosts.stream().limit(MOST).toList();
    }

    private void addForms(Set<String> hosts, String host) {
        var name = withoutPort(host);
        hosts.add(host);
        port.filter(PlausibleHosts::isPort).ifPresent(forwarded -> {
            hosts.add(name + ":" + forwarded);
            if (OF_SCHEMES.contains(forwarded)) {
                hosts.add(name);
            }
        });
        if (!name.equals(host) && OF_SCHEMES.contains(host.substring(name.length() + 1))) {
            hosts.add(name);
        }
    }

    /// An IPv6 address stands in brackets.
    private static String withoutPort(String host) {
        var colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }

    private static boolean isPort(String text) {
        return !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
