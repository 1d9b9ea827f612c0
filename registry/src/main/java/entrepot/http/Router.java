package entrepot.http;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Gives a request to the first route that takes it, and answers 404 where none does.
public final class Router implements HttpHandler {

    private record Route(Predicate<HttpRequest> takes, HttpHandler handler) {}

    private final List<Route> routes;

    private Router(List<Route> routes) {
        this.routes = routes;
    }

    /// Starts with no route.
    public static Router empty() {
        return new Router(List.of());
    }

    /// This router with one more route, which is asked after all others.
    public Router with(Predicate<HttpRequest> takes, HttpHandler handler) {
        var more = new ArrayList<>(routes);
        more.add(new Route(takes, handler));
        return new Router(List.copyOf(more));
    }

    /// Takes `path` itself and whatever lies below it: `/v2` takes `/v2`, `/v2/` and `/v2/a`, not `/v2a`.
    public static Predicate<HttpRequest> under(String path) {
        return request -> request.path().equals(path) || request.path().startsWith(path + "/");
    }

    /// Takes exactly this path with this method, and HEAD where the method is GET.
    public static Predicate<HttpRequest> exactly(String method, String path) {
        return request -> request.path().equals(path)
                && (request.method().equals(method)
                        || (method.equals("GET") && request.method().equals("HEAD")));
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        var handler = find(request);
        return handler == null ? HttpResponse.of(404) : handler.handle(request);
    }

    @Override
    public boolean isQuick(HttpRequest request) {
        var handler = find(request);
        return handler != null && handler.isQuick(request);
    }

    private @Nullable HttpHandler find(HttpRequest request) {
        for (var route : routes) {
            if (route.takes.test(request)) {
                return route.handler;
            }
        }
        return null;
    }
}
