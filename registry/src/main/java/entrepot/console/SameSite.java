package entrepot.console;

import entrepot.domain.AddressRange;
import entrepot.http.HttpRequest;
import java.net.InetAddress;
import java.util.List;

/// Whether a request comes from a page of this console, and over a way that nobody can listen to.
///
/// Source: Fetch standard, "Origin header"; W3C, "Fetch Metadata Request Headers".
final class SameSite {

    /// What proxies write into what they pass on.
    private static final List<String> PASSED_ON = List.of("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Via");

    private SameSite() {}

    /// Browsers say where a form comes from. What does not say it is no browser of a person's.
    static boolean sent(HttpRequest request) {
        var site = request.headers().first("Sec-Fetch-Site");
        var origin = request.headers().first("Origin");
        return (site.isPresent() || origin.isPresent())
                && site.map("same-origin"::equals).orElse(true)
                && origin.map(request.calledAs().endpoint()::equalsIgnoreCase).orElse(true);
    }

    /// Encrypted, or from this machine to itself. What a proxy on this machine passes on may come
    /// from anywhere, unless it is trusted and says from where.
    static boolean isSafe(HttpRequest request) {
        return request.secure() || (isLoopback(request.clientAddress()) && !isPassedOn(request));
    }

    private static boolean isPassedOn(HttpRequest request) {
        return !request.client().proxied()
                && PASSED_ON.stream()
                        .anyMatch(name -> request.headers().first(name).isPresent());
    }

    private static boolean isLoopback(String address) {
        return AddressRange.address(address)
                .filter(InetAddress::isLoopbackAddress)
                .isPresent();
    }
}
