package entrepot.http;

import entrepot.domain.AddressRange;
import java.net.InetAddress;
import java.util.List;

/// Who sent a request, as far as the network tells. A proxy that is not trusted is the client.
///
/// @param address an IP address without a zone, in the JDK's form
/// @param secure whether what the client sends is encrypted on its way
/// @param otherHosts what the client may have sent as `Host` beside what the request has, if a trusted proxy told less
///     than all; see [PlausibleHosts]
/// @param proxied whether the address is what a trusted proxy said
public record Client(String address, boolean secure, List<String> otherHosts, boolean proxied) {

    /// Fails if the address is none: what cannot be compared with a network must not pass for one that is in none.
    public Client {
        var text = address;
        address = AddressRange.address(text)
                .map(InetAddress::getHostAddress)
                .orElseThrow(() -> new IllegalArgumentException("not an address: " + text));
        otherHosts = List.copyOf(otherHosts);
    }

    public Client(String address, boolean secure) {
        this(address, secure, List.of(), false);
    }
}
