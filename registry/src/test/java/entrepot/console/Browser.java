package entrepot.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.server.RunningServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Asks for the console's pages as a browser does, as far as headers and cookies go.
final class Browser implements AutoCloseable {

    private static final Pattern TOKEN = Pattern.compile("name=\"form-token\" value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final RunningServer server;
    private final String address;
    private final String scheme;
    String cookie = "";

    Browser(RunningServer server) {
        this(server, "", "http");
    }

    /// Behind a proxy that the server trusts.
    ///
    /// @param address where it is; empty for no proxy
    /// @param scheme by which it comes to the proxy
    Browser(RunningServer server, String address, String scheme) {
        this.server = server;
        this.address = address;
        this.scheme = scheme;
    }

    /// Somebody who is signed in.
    static Browser signedIn(RunningServer server, String key, String secret) {
        var browser = new Browser(server);
        var answer = browser.signIn(key, secret);
        if (answer.statusCode() != 303) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return browser;
    }

    static Browser root(RunningServer server) throws IOException {
        var key = server.rootKey();
        return signedIn(server, key.id(), key.secret());
    }

    HttpResponse<String> signIn(String key, String secret) {
        return signIn(Map.of("key", key, "secret", secret, "region", "us-east-1"));
    }

    HttpResponse<String> signIn(Map<String, String> form) {
        return kept(post("/console/sign-in", form));
    }

    private HttpResponse<String> kept(HttpResponse<String> answer) {
        answer.headers().firstValue("Set-Cookie").ifPresent(line -> cookie = line.split(";", -1)[0]);
        return answer;
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /// With the origin that a browser names.
    HttpResponse<String> post(String path, Map<String, String> form) {
        return post(path, form, "Origin", origin());
    }

    HttpResponse<String> post(String path, Map<String, String> form, String... headers) {
        var request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form)));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /// Sends a form of a page, with the token that the page has.
    HttpResponse<String> submit(String page, String action, Map<String, String> form) {
        var all = new LinkedHashMap<>(form);
        all.put("form-token", token(page));
        return post(action, all);
    }

    /// The token that the forms of a page have.
    String token(String page) {
        var found = TOKEN.matcher(get(page).body());
        if (!found.find()) {
            throw new AssertionError("no form on " + page);
        }
        return found.group(1);
    }

    String origin() {
        return scheme + "://" + server.url("/").getAuthority();
    }

    private HttpRequest.Builder request(String path) {
        var request =
                HttpRequest.newBuilder(URI.create("http://" + server.url("/").getAuthority() + path));
        if (!address.isEmpty()) {
            request.headers("X-Forwarded-For", address, "X-Forwarded-Proto", scheme);
        }
        return cookie.isEmpty() ? request : request.header("Cookie", cookie);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        http.close();
    }
}
