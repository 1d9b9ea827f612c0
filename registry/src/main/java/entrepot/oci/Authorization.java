package entrepot.oci;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.http.HttpRequest;
import java.util.Base64;
import java.util.Locale;

/// What a request says of who sends it. None of these is proven.
sealed interface Authorization {

    /// Nothing.
    record None() implements Authorization {}

    /// HTTP Basic (RFC 7617).
    record Basic(String user, String password) implements Authorization {
        /// Without the password, so that no log can hold it.
        @Override
        public String toString() {
            return "Basic[" + user + "]";
        }
    }

    /// A bearer token (RFC 6750).
    record Bearer(String token) implements Authorization {
        /// Without the token, so that no log can hold it.
        @Override
        public String toString() {
            return "Bearer";
        }
    }

    /// Something else, or more than one.
    record Unreadable() implements Authorization {}

    static Authorization of(HttpRequest request) {
        var headers = request.headers().all("Authorization");
        return switch (headers.size()) {
            case 0 -> new None();
            case 1 -> parse(headers.getFirst());
            default -> new Unreadable();
        };
    }

    private static Authorization parse(String header) {
        var parts = header.split(" ", 2);
        if (parts.length < 2) {
            return new Unreadable();
        }
        var credentials = parts[1].strip();
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "basic" -> basic(decode(credentials));
            case "bearer" -> new Bearer(credentials);
            default -> new Unreadable();
        };
    }

    private static Authorization basic(String text) {
        var colon = text.indexOf(':');
        return colon < 0 ? new Unreadable() : new Basic(text.substring(0, colon), text.substring(colon + 1));
    }

    private static String decode(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
