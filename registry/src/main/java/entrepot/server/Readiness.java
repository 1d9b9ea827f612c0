package entrepot.server;

import entrepot.domain.RegistryId;
import entrepot.http.HttpHandler;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.Router;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Whether this node can serve now, for a load balancer that asks `GET /readyz` without a login. It answers within
/// three seconds, whatever hangs, and what it says is at most five seconds old.
final class Readiness implements HttpHandler {

    static final Predicate<HttpRequest> PATH = Router.exactly("GET", "/readyz");

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final String TIME_OUT = "time-out after %d s".formatted(Fresh.PATIENCE.toSeconds());

    private final Map<String, Fresh<String>> checks = new LinkedHashMap<>();
    private volatile boolean draining;
    private volatile boolean wasReady = true;

    /// @param verdicts by what is needed, in the order that they are told
    Readiness(Map<String, Supplier<String>> verdicts) {
        verdicts.forEach((name, verdict) -> checks.put(name, new Fresh<>(verdict)));
    }

    /// Of all that a node needs.
    ///
    /// @param stores gives null while they cannot be opened
    static Readiness of(Supplier<@Nullable Stores> stores, RegistryId home) {
        var verdicts = new LinkedHashMap<String, Supplier<String>>();
        for (var need : Need.values()) {
            verdicts.put(need.word(), () -> need.verdict(stores.get(), home));
        }
        return new Readiness(verdicts);
    }

    /// Says from now on that the node is about to end.
    void drain() {
        draining = true;
    }

    @Override
    public HttpResponse handle(HttpRequest request) {
        return answer();
    }

    HttpResponse answer() {
        return draining ? answer(false, Map.of(), Map.of("draining", true)) : checked();
    }

    private HttpResponse checked() {
        var verdicts = verdicts();
        var ready = verdicts.values().stream().allMatch(Need.OK::equals);
        log(ready, verdicts);
        return answer(ready, verdicts, Map.of());
    }

    /// All are asked at once, so that all are answered in the time of one.
    private Map<String, String> verdicts() {
        var asked = new LinkedHashMap<String, Fresh.Asked<String>>();
        checks.forEach((name, check) -> asked.put(name, check.ask()));
        var verdicts = new LinkedHashMap<String, String>();
        asked.forEach((name, check) -> verdicts.put(name, check.await().orElse(TIME_OUT)));
        return verdicts;
    }

    /// Only what has changed: it is asked every few seconds.
    private void log(boolean ready, Map<String, String> verdicts) {
        if (ready != wasReady) {
            wasReady = ready;
            if (ready) {
                LOG.info("ready again");
            } else {
                LOG.warn("not ready: {}", unwell(verdicts));
            }
        }
    }

    private static String unwell(Map<String, String> verdicts) {
        return verdicts.entrySet().stream()
                .filter(each -> !each.getValue().equals(Need.OK))
                .map(each -> each.getKey() + " " + each.getValue())
                .collect(Collectors.joining(", "));
    }

    /// Made when somebody asks, and not while the server starts.
    private static final class Json {
        static final JsonMapper MAPPER = new JsonMapper();
    }

    private static HttpResponse answer(boolean ready, Map<String, String> checks, Map<String, ?> more) {
        var said = new LinkedHashMap<String, Object>();
        said.put("ready", ready);
        said.putAll(more);
        said.put("checks", checks);
        return HttpResponse.of(ready ? 200 : 503)
                .with("Cache-Control", "no-store")
                .withText("application/json", Json.MAPPER.writeValueAsString(said) + "\n");
    }
}
