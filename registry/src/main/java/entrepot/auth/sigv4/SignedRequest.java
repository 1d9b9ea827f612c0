package entrepot.auth.sigv4;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The head of a request that may be signed, as it came off the wire. A character stands for a byte (ISO 8859-1), in
/// the path, the query and the headers alike, since it is bytes that were signed.
///
/// @param path not decoded
/// @param query not decoded, after the `?`; empty if there is none
public record SignedRequest(String method, String path, String query, List<Header> headers) {

    public record Header(String name, String value) {
        /// Without the value, which may be a credential.
        @Override
        public String toString() {
            return name;
        }
    }

    public SignedRequest {
        headers = List.copyOf(headers);
    }

    /// The values sent under a name, in order. Names are compared without regard to case (RFC 9110, 5.1).
    Stream<String> header(String name) {
        return headers.stream().filter(h -> h.name().equalsIgnoreCase(name)).map(Header::value);
    }

    /// Empty if there is none. Two are a refusal, since two readers could pick different ones.
    Optional<String> onlyHeader(String name) {
        var values = header(name).toList();
        if (values.size() > 1) {
            throw Refusal.incomplete("The '%s' header must not be sent more than once.".formatted(name));
        }
        return values.stream().findFirst();
    }

    /// Without the query, which may hold a signature.
    @Override
    public String toString() {
        return method + " " + path + " " + headers;
    }
}
