package entrepot.console;

import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The cookie that a session is known by (RFC 6265). No script sees it, no other site sends it, and no plain HTTP
/// beyond this machine carries it.
final class Cookies {

    private static final String NAME = "entrepot-session=";
    private static final String ATTRIBUTES = "; Path=/console/; HttpOnly; SameSite=Strict";

    private Cookies() {}

    /// Empty where there is none, or more than one: somebody else may have added the other.
    static Optional<String> secret(HttpRequest request) {
        var found = all(request);
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /// Whether there is any, good or not.
    static boolean brings(HttpRequest request) {
        return !all(request).isEmpty();
    }

    private static List<String> all(HttpRequest request) {
        return request.headers().all("Cookie").stream()
                .flatMap(line -> Arrays.stream(line.split(";", -1)))
                .map(String::strip)
                .filter(pair -> pair.startsWith(NAME))
                .map(pair -> pair.substring(NAME.length()))
                .toList();
    }

    static HttpResponse set(HttpResponse answer, HttpRequest request, String secret, Duration age) {
        return answer.with("Set-Cookie", NAME + secret + ATTRIBUTES + "; Max-Age=" + age.toSeconds() + secure(request));
    }

    static HttpResponse drop(HttpResponse answer, HttpRequest request) {
        return answer.with("Set-Cookie", NAME + ATTRIBUTES + "; Max-Age=0" + secure(request));
    }

    private static String secure(HttpRequest request) {
        return request.secure() ? "; Secure" : "";
    }
}
