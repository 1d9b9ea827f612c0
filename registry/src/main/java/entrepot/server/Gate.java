package entrepot.server;

import entrepot.domain.EveryApiError;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.Router;
import entrepot.http.body.Spools;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where requests come to. It is open once there is something behind it; before that it tells them to come again.
final class Gate implements HttpHandler {

    private static final String AWAY = new EveryApiError.Unavailable().message();

    private volatile @Nullable Function<Spools, HttpHandler> routes;
    private volatile @Nullable HttpHandler router;
    private volatile @Nullable Spools spools;

    /// The way in, whatever is behind it.
    ///
    /// @param readiness answers whether there is anything
    Router entrance(Spools room, Readiness readiness) {
        spools = room;
        open();
        return Router.empty()
                .with(
                        Router.exactly("GET", "/healthz"),
                        _ -> HttpResponse.of(200).withText("text/plain", "ok\n"))
                .with(Readiness.PATH, readiness)
                .with(_ -> true, this);
    }

    /// Lets requests through to these.
    void open(Function<Spools, HttpHandler> behind) {
        routes = behind;
        open();
    }

    private synchronized void open() {
        var behind = routes;
        var room = spools;
        if (behind != null && room != null && router == null) {
            router = behind.apply(room);
        }
    }

    @Override
    public HttpResponse handle(HttpRequest request) throws IOException {
        var way = router;
        return way == null ? away(request) : way.handle(request);
    }

    @Override
    public boolean isQuick(HttpRequest request) {
        var way = router;
        return way != null && way.isQuick(request);
    }

    /// In the form that each door's clients read.
    private static HttpResponse away(HttpRequest request) {
        var isRegistrys = request.path().startsWith("/v2");
        var answer = HttpResponse.of(503);
        return isRegistrys
                ? answer.withText(
                        "application/json",
                        "{\"errors\":[{\"code\":\"UNAVAILABLE\",\"message\":\"%s\"}]}".formatted(AWAY))
                : answer.withText(
                        "application/x-amz-json-1.1",
                        "{\"__type\":\"ServerException\",\"message\":\"%s\"}".formatted(AWAY));
    }
}
