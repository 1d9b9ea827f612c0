package entrepot.server;

import entrepot.aws.json.JsonEndpoint;
import entrepot.domain.RegistryAddress;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.iam.QueryEndpoint;
import java.util.function.Function;

/// Tells a client of AWS's APIs that its endpoint is not ours: one with a path, with a slash too many, or with a
/// registry's `/v2`. The answer is an error of the API that it speaks, for nothing else reaches its user.
///
/// @param address where the APIs are, by the scheme that a client came by
record Astray(QueryEndpoint identities, JsonEndpoint inJson, Function<String, RegistryAddress> address)
        implements HttpHandler {

    private static final String REGISTRY = "/v2";
    private static final int LONGEST = 100;

    /// Whether no registry's client would send this, though it is for `/v2`.
    static boolean isOnRegistry(HttpRequest request) {
        var path = request.path();
        return path.startsWith(REGISTRY)
                && path.chars().skip(REGISTRY.length()).allMatch(c -> c == '/')
                && request.method().equals("POST")
                && isOfAws(request);
    }

    /// Whether it is meant for one of AWS's APIs, or signed for one.
    static boolean isOfAws(HttpRequest request) {
        return JsonEndpoint.speaks(request) || QueryEndpoint.speaks(request) || QueryEndpoint.isSigned(request);
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        var endpoint = address.apply(request.calledAs().scheme()).endpoint();
        var why = "There is no API at '%s %s'. The endpoint must be %s, without a path."
                .formatted(request.method(), cut(request.path()), endpoint);
        return JsonEndpoint.speaks(request) ? inJson.astray(why) : identities.astray(request, why);
    }

    private static String cut(String path) {
        return path.length() > LONGEST ? path.substring(0, LONGEST) + "..." : path;
    }
}
