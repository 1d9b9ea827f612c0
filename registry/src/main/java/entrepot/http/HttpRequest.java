package entrepot.http;

import entrepot.domain.Content;
import entrepot.domain.Origin;
import entrepot.domain.RegistryAddress;

/// A request whose head has been read and found well-formed.
///
/// @param method as sent
/// @param path as sent, before any `?`, not decoded
/// @param query as sent, after the `?`, not decoded; empty if there is none
/// @param headers as the client sent them; behind a trusted proxy `Host` is the one that the client called
/// @param body not read yet; reading it blocks, and sends `100 Continue` first where the client waits for that
/// @param client who sent it; behind a trusted proxy that is not the peer
public record HttpRequest(String method, String path, String query, HttpHeaders headers, Content body, Client client) {

    /// The client's IP address: the peer's, or what a trusted proxy says.
    public String clientAddress() {
        return client.address();
    }

    /// Whether the client's way here is encrypted: by TLS, or as a trusted proxy says.
    public boolean secure() {
        return client.secure();
    }

    /// By which scheme and host the client called; the host is as sent, hence not to be trusted, and empty if there is
    /// none.
    public RegistryAddress calledAs() {
        return new RegistryAddress(
                secure() ? "https" : "http", headers.first("Host").orElse(""));
    }

    /// What can be told of where this comes from. Must be called within the request.
    public Origin origin() {
        var requestId = RequestContext.current().id().toString();
        return new Origin(
                clientAddress(),
                secure(),
                headers.first("User-Agent").orElse(""),
                requestId,
                headers.first("Referer").orElse(""));
    }

    /// Without the query, which may hold a signature, so that no log can hold it.
    @Override
    public String toString() {
        return method + " " + path + " " + headers;
    }
}
