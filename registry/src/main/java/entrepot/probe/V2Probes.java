package entrepot.probe;

import entrepot.upstream.wire.Connections;
import entrepot.upstream.wire.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What ECR's `/v2` was seen to answer, where nothing has to be written for it; asked at the endpoint itself, and only
/// if there is a `/v2` there.
record V2Probes(Probing probing, Connections connections, URI endpoint) {

    private static final int LONGEST = 1 << 20;
    private static final String ABSENT = "/v2/entrepot-probe-absent/";

    /// An answer, in short.
    private record Seen(int status, String challenge, String body) {
        String code() {
            return body.replaceAll("(?s).*\"code\"\\s*:\\s*\"([A-Z_]+)\".*", "$1");
        }
    }

    void run() {
        var nobody = ask("/v2/", Map.of());
        if (nobody == null || nobody.status() == 404 || nobody.status() >= 500) {
            probing.report().unasked("/v2", "there is none at the endpoint");
            return;
        }
        compare(
                "GET /v2/",
                "no login",
                "401, challenge Basic, text 'Not Authorized'",
                "%d, challenge %s, text '%s'"
                        .formatted(
                                nobody.status(),
                                nobody.challenge().replaceFirst(" .*", ""),
                                nobody.body().strip()));
        var token = token();
        if (!token.isEmpty()) {
            run(Map.of("Authorization", "Basic " + token));
        }
    }

    private void run(Map<String, String> login) {
        see("GET /v2/", "a login", "/v2/", login, "200");
        see("GET tags/list", "a repository that is not there", ABSENT + "tags/list", login, "404 NAME_UNKNOWN");
        see("GET manifests", "a repository that is not there", ABSENT + "manifests/v1", login, "404 NAME_UNKNOWN");
        see("GET tags/list", "n=1001", ABSENT + "tags/list?n=1001", login, "405 UNSUPPORTED");
        see("GET _catalog", "n=1001", "/v2/_catalog?n=1001", login, "405 UNSUPPORTED");
        see("GET _catalog", "a page", "/v2/_catalog?n=1", login, "200");
    }

    private void see(String request, String point, String path, Map<String, String> login, String expected) {
        var seen = ask(path, login);
        if (seen != null) {
            compare(
                    request,
                    point,
                    expected,
                    seen.status() < 300 ? "" + seen.status() : seen.status() + " " + seen.code());
        }
    }

    private void compare(String request, String point, String expected, String found) {
        if (!found.equals(expected)) {
            probing.report().differs(new Deviation(request, point, expected, found));
        }
    }

    private String token() {
        return probing.see("GetAuthorizationToken", "for /v2", Map.of(), Expectation.good())
                .json()
                .path("authorizationData")
                .path(0)
                .path("authorizationToken")
                .asString("");
    }

    private @Nullable Seen ask(String path, Map<String, String> headers) {
        try (var answer = connections.send(new Request("GET", endpoint.resolve(path), headers, null))) {
            probing.report().asked();
            var challenge = answer.header("WWW-Authenticate").orElse("");
            return new Seen(answer.status(), challenge, new String(answer.bytes(LONGEST), StandardCharsets.UTF_8));
        } catch (IOException e) {
            probing.report().unasked("GET " + path, Report.words(e));
        }
        return null;
    }
}
