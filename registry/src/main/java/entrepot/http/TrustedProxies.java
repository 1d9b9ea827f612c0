package entrepot.http;

import entrepot.domain.AddressRange;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The proxies whose `X-Forwarded-For`, `-Proto`, `-Host` and `-Port` are believed. From anybody else they mean
/// nothing.
///
/// Of each, the last value counts: it is the one that the nearest proxy wrote. `Forwarded` (RFC 7239) never counts: a
/// proxy that does not know it would pass on what a client made up.
///
/// @param names of this server, by which a client may have called it whatever a proxy says
public record TrustedProxies(List<AddressRange> networks, Set<String> names) {

    public static final TrustedProxies NONE = new TrustedProxies(List.of(), Set.of());

    public TrustedProxies {
        networks = List.copyOf(networks);
        names = Set.copyOf(names);
    }

    /// Addresses and networks, such as `10.0.0.7` and `10.0.0.0/8`.
    ///
    /// @throws java.util.NoSuchElementException if one is not of that form
    public static TrustedProxies of(Collection<String> networks) {
        return new TrustedProxies(
                networks.stream()
                        .map(AddressRange::parse)
                        .map(Optional::orElseThrow)
                        .toList(),
                Set.of());
    }

    /// The same, where clients call this server by these, each with or without a port.
    public TrustedProxies naming(Collection<String> known) {
        return new TrustedProxies(networks, Set.copyOf(known));
    }

    /// Whether the text is an address or a network.
    public static boolean isNetwork(String text) {
        return AddressRange.parse(text).isPresent();
    }

    /// Who sent the request: the last address that is no trusted proxy's.
    ///
    /// @param peer whose connection it came by, and whether that is encrypted
    public Client client(Client peer, HttpHeaders headers) {
        if (!trusts(peer.address())) {
            return peer;
        }
        var secure = last(headers, "X-Forwarded-Proto")
                .map(proto -> proto.equalsIgnoreCase("https"))
                .orElse(peer.secure());
        var path = values(headers, "X-Forwarded-For");
        return new Client(sender(peer.address(), path), secure, otherHosts(headers), !path.isEmpty());
    }

    private List<String> otherHosts(HttpHeaders headers) {
        var sent = headers.first("Host");
        return called(headers)
                .or(() -> sent)
                .map(host -> new PlausibleHosts(host, last(headers, "X-Forwarded-Port")).others(sent, names))
                .orElse(List.of());
    }

    /// The headers as the client sent them, hence with the `Host` that it meant.
    public HttpHeaders headers(Client peer, HttpHeaders headers) {
        if (!trusts(peer.address())) {
            return headers;
        }
        return called(headers)
                .map(host -> headers.without("Host").with("Host", host))
                .orElse(headers);
    }

    private static Optional<String> called(HttpHeaders headers) {
        return last(headers, "X-Forwarded-Host").filter(HostText::isHost);
    }

    /// A value that is no address ends the search: whoever wrote it, nothing before it can be believed.
    private String sender(String peer, List<String> path) {
        var sender = peer;
        for (var hop : path.reversed()) {
            var address = address(hop);
            if (address.isEmpty()) {
                return sender;
            }
            sender = address.get().getHostAddress();
            if (!trusts(address.get())) {
                return sender;
            }
        }
        return sender;
    }

    /// Some proxies add the port: `192.0.2.1:80`, `[2001:db8::1]:80`.
    private static Optional<InetAddress> address(String hop) {
        var host = hop.replaceFirst("^\\[([^\\]]*)](:[0-9]{1,5})?$", "$1").replaceFirst("^([0-9.]+):[0-9]{1,5}$", "$1");
        return AddressRange.address(host);
    }

    private boolean trusts(String peer) {
        return !networks.isEmpty()
                && AddressRange.address(peer).filter(this::trusts).isPresent();
    }

    private boolean trusts(InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static Optional<String> last(HttpHeaders headers, String name) {
        var values = values(headers, name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    private static List<String> values(HttpHeaders headers, String name) {
        return headers.all(name).stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .map(String::strip)
                .toList();
    }
}
