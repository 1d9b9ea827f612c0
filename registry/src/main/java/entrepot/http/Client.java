package entrepot.http;

import java.util.List;

/// Who sent a request, as far as the network tells. A proxy that is not trusted is the client.
///
/// @param address an IP address
/// @param secure whether what the client sends is encrypted on its way
/// @param otherHosts what the client may have sent as `Host` beside what the request has, if a trusted proxy told less
///     than all; see [PlausibleHosts]
public record Client(String address, boolean secure, List<String> otherHosts) {

    public Client {
        otherHosts = List.copyOf(otherHosts);
    }

    public Client(String address, boolean secure) {
        this(address, secure, List.of());
    }
}
