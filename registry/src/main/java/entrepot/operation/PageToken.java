package entrepot.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryException;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// ECR's `nextToken`: where a page ended. Opaque to callers; the key of the last entry, inside.
///
/// @param kind which list it belongs to, so that a token of one is not taken by another
/// @param after the last entry's key in that list
public record PageToken(String kind, String after) {

    /// Null where there is no token, since a first page has none.
    public static @Nullable PageToken parse(@Nullable String token) {
        if (token == null) {
            return null;
        }
        try {
            var text = new String(Base64.getUrlDecoder().decode(token), UTF_8);
            var colon = text.indexOf(':');
            return new PageToken(text.substring(0, colon), text.substring(colon + 1));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw invalid();
        }
    }

    /// The key, understood. Fails if this is the token of another list, or no key of this one.
    public <T> T key(String expectedKind, Function<String, T> parser) {
        if (!kind.equals(expectedKind)) {
            throw invalid();
        }
        try {
            return parser.apply(after);
        } catch (RegistryException | IllegalArgumentException e) {
            throw invalid();
        }
    }

    public static RegistryException invalid() {
        return new RegistryException(new JsonAloneError.InvalidParameter("nextToken", "Invalid token"));
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((kind + ":" + after).getBytes(UTF_8));
    }
}
