package entrepot.http;

/// Who sent a request, as far as the network tells. A proxy that is not trusted is the client.
///
/// @param address an IP address
/// @param secure whether what the client sends is encrypted on its way
public record Client(String address, boolean secure) {}
