package entrepot.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/// The addresses of the console's pages in a region. What a client stored stands in them encoded, and never in
/// front.
public record Links(String region) {

    /// Of every page.
    public static final String ROOT = "/console/";

    public String overview() {
        return to("");
    }

    public String repositories() {
        return to("repositories");
    }

    public String repository(String name) {
        return of("repository", name);
    }

    public String image(String name, String digest) {
        return with(of("image", name), "digest", digest);
    }

    /// A page about a repository.
    public String of(String page, String repository) {
        return with(to(page), "name", repository);
    }

    /// The page that asks whether something is really to be done.
    public String confirm(String act, String repository) {
        return with(of("confirm", repository), "act", act);
    }

    public String to(String page) {
        return ROOT + region + "/" + page;
    }

    /// The same address, which says something more.
    public static String with(String address, String name, String value) {
        return address + (address.contains("?") ? "&" : "?") + encoded(name) + "=" + encoded(value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("%3A", ":");
    }
}
