package entrepot.upstream.wire;

import entrepot.domain.Content;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One request. `Host`, `Content-Length` and `Connection` are added on its way.
///
/// @param body whose length is known; null for none
public record Request(
        String method,
        URI url,
        Map<String, String> headers,
        @Nullable Content body) {

    public Request {
        headers = Map.copyOf(headers);
        headers.forEach(Request::requireClean);
    }

    public static Request get(URI url) {
        return new Request("GET", url, Map.of(), null);
    }

    public Request with(String name, String value) {
        var all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Request(method, url, all, body);
    }

    /// The same at another place, without what only the first one may see.
    public Request redirected(URI target) {
        var all = new LinkedHashMap<>(headers);
        all.keySet().removeIf(name -> name.equalsIgnoreCase("Authorization") || name.equalsIgnoreCase("Cookie"));
        return new Request(method, target, all, body);
    }

    /// Whether it can be sent again as it is.
    boolean isRepeatable() {
        return body == null || body instanceof Content.Bytes || body instanceof Content.FileRegion;
    }

    private static void requireClean(String name, String value) {
        if (!value.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\t')) {
            throw new IllegalArgumentException("no value of a header: that of " + name);
        }
    }
}
