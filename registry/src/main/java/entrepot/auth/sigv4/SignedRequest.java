package entrepot.auth.sigv4;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The head of a request that may be signed, as it came off the wire. A character stands for a byte (ISO 8859-1), in
/// the path, the query and the headers alike, since it is bytes that were signed.
///
/// @param path not decoded
/// @param query not decoded, after the `?`; empty if there is none
/// @param otherHosts what the client may have sent as `Host` beside what stands there, if a proxy told less than all
public record SignedRequest(String method, String path, String query, List<Header> headers, List<String> otherHosts) {

    public record Header(String name, String value) {
        /// Without the value, which may be a credential.
        @Override
        public String toString() {
            return name;
        }
    }

    public SignedRequest {
        headers = List.copyOf(headers);
        otherHosts = List.copyOf(otherHosts);
    }

    public SignedRequest(String method, String path, String query, List<Header> headers) {
        this(method, path, query, headers, List.of());
    }

    /// The values sent under a name, in order. Names are compared without regard to case (RFC 9110, 5.1).
    Stream<String> header(String name) {
        return headers.stream().filter(h -> h.name().equalsIgnoreCase(name)).map(Header::value);
    }

    /// All values by name in lower case, each in order; for whoever asks for many names.
    Map<String, List<String>> byName() {
        var byName = new HashMap<String, List<String>>();
        for (var header : headers) {
            byName.computeIfAbsent(header.name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(header.value());
        }
        return byName;
    }

    /// Empty if there is none. Two are a refusal, since two readers could pick different ones.
    Optional<String> onlyHeader(String name) {
        var values = header(name).toList();
        if (values.size() > 1) {
            throw Refusal.incomplete("The '%s' header must not be sent more than once.".formatted(name));
        }
        return values.stream().findFirst();
    }

    /// The requests that this may be: as it stands, and with each of the other hosts.
    Stream<SignedRequest> readings() {
        return Stream.concat(Stream.of(this), otherHosts.stream().map(this::calledAs));
    }

    private SignedRequest calledAs(String host) {
        var changed = headers.stream()
                .map(header -> header.name().equalsIgnoreCase("Host") ? new Header(header.name(), host) : header)
                .toList();
        return new SignedRequest(method, path, query, changed);
    }

    /// Without the query, which may hold a signature.
    @Override
    public String toString() {
        return method + " " + path + " " + headers;
    }
}
