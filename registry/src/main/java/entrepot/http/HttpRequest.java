package entrepot.http;

import entrepot.domain.Content;
import entrepot.domain.Origin;

/// A request whose head has been read and found well-formed.
///
/// @param method as sent
/// @param path as sent, before any `?`, not decoded
/// @param query as sent, after the `?`, not decoded; empty if there is none
/// @param body not read yet; reading it blocks, and sends `100 Continue` first where the client waits for that
/// @param remoteAddress the peer's IP address
public record HttpRequest(
        String method, String path, String query, HttpHeaders headers, Content body, String remoteAddress) {

    /// What can be told of where this comes from. Must be called within the request.
    public Origin origin() {
        var requestId = RequestContext.current().id().toString();
        return new Origin(remoteAddress, false, headers.first("User-Agent").orElse(""), requestId);
    }

    /// Without the query, which may hold a signature, so that no log can hold it.
    @Override
    public String toString() {
        return method + " " + path + " " + headers;
    }
}
