package entrepot.http.vertx;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What stands between the method and the version of a request line, not decoded (RFC 9112, 3.2).
///
/// @param query what follows the `?`; empty if there is none
record RequestTarget(String path, String query) {

    /// A path, or `*`, of visible ASCII characters without `#`; a scheme and an authority may stand before a path.
    private static final Pattern FORM =
            Pattern.compile("(?:https?://([^/?]*))?(/[!-\"$->@-~]*|\\*)(?:\\?([!-\"$-~]*))?", Pattern.CASE_INSENSITIVE);

    /// Empty if it has no such form, or names another host than the `Host` line does.
    static Optional<RequestTarget> parse(String text, @Nullable String host) {
        return isPlainPath(text) ? Optional.of(new RequestTarget(text, "")) : parseForm(text, host);
    }

    /// What most requests ask for: a path alone.
    private static boolean isPlainPath(String text) {
        if (!text.startsWith("/")) {
            return false;
        }
        for (var i = 1; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < '!' || c > '~' || c == '#' || c == '?') {
                return false;
            }
        }
        return true;
    }

    private static Optional<RequestTarget> parseForm(String text, @Nullable String host) {
        var match = FORM.matcher(text);
        if (!match.matches() || (match.group(1) != null && !match.group(1).equalsIgnoreCase(host))) {
            return Optional.empty();
        }
        var query = match.group(3);
        return Optional.of(new RequestTarget(match.group(2), query == null ? "" : query));
    }
}
