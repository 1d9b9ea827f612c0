package entrepot.http;

import entrepot.domain.AddressRange;
import java.net.InetAddress;

/// Who sent a request, as far as the network tells. A proxy that is not trusted is the client.
///
/// @param address an IP address without a zone, in the JDK's form
/// @param secure whether what the client sends is encrypted on its way
public record Client(String address, boolean secure) {

    /// Fails if the address is none: what cannot be compared with a network must not pass for one that is in none.
    public Client {
        var text = address;
        address = AddressRange.address(text)
                .map(InetAddress::getHostAddress)
                .orElseThrow(() -> new IllegalArgumentException("not an address: " + text));
    }
}
