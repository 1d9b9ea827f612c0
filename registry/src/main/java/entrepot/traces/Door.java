package entrepot.traces;

import entrepot.http.HttpRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which way a request came in, without what may be secret of its address.
///
/// @param method one of few, in the words of OpenTelemetry
/// @param name one of few
/// @param path where it is of use; null where it says no more than the name, or is anything that a client writes
record Door(String method, String name, @Nullable String path) {

    private static final String REGISTRY = "/v2/";
    private static final String LAYERS = "/v2-layers/";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final int LONGEST = 512;

    static Door of(HttpRequest request) {
        var method = METHODS.contains(request.method()) ? request.method() : "_OTHER";
        var path = request.path();
        if (path.startsWith(REGISTRY)) {
            return new Door(method, "/v2", path.length() > LONGEST ? path.substring(0, LONGEST) : path);
        }
        return new Door(method, path.startsWith(LAYERS) ? "/v2-layers" : "/", null);
    }
}
