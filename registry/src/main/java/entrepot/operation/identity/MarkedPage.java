package entrepot.operation.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Which entries of a list to answer with. A marker names the last one that was answered, in Base64, with the kind of
/// its list. Source: IAM API, `Marker` and `MaxItems`.
///
/// @param after the key to go on after; null for the first page
public record MarkedPage(String kind, int size, @Nullable String after) {

    private static final int DEFAULT = 100;

    /// As the store orders texts. Java's own order has some letters of the first plane after those of all others.
    private static final Comparator<String> BYTES =
            Comparator.comparing(text -> text.getBytes(UTF_8), Arrays::compareUnsigned);

    /// A page of a list, and where the next one begins.
    public record Page<T>(
            List<T> entries, boolean isTruncated, @Nullable String marker) {
        public <R> List<R> map(Function<T, R> view) {
            return entries.stream().map(view).toList();
        }
    }

    /// Fails with a refusal if the marker was not made for this list.
    ///
    /// @param kind tells one list from another
    public static MarkedPage of(String kind, @Nullable Integer maxItems, @Nullable String marker) {
        return new MarkedPage(kind, maxItems == null ? DEFAULT : maxItems, marker == null ? null : key(kind, marker));
    }

    /// How many entries to read, to see whether there are more.
    public int oneMore() {
        return size + 1;
    }

    /// The page of what was read after `after`.
    public <T> Page<T> page(List<T> read, Function<T, String> key) {
        if (read.size() <= size) {
            return new Page<>(read, false, null);
        }
        var entries = read.subList(0, size);
        return new Page<>(entries, true, marker(key.apply(entries.getLast())));
    }

    /// The page of a list that is all there, in the order of its keys' bytes.
    public <T> Page<T> pageOfAll(List<T> all, Function<T, String> key) {
        var rest = all.stream()
                .filter(entry -> after == null || BYTES.compare(key.apply(entry), after) > 0)
                .limit(oneMore())
                .toList();
        return page(rest, key);
    }

    /// The marker of a page that goes on after this key.
    public String marker(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((kind + ":" + key).getBytes(UTF_8));
    }

    private static String key(String kind, String marker) {
        try {
            var text = new String(Base64.getUrlDecoder().decode(marker), UTF_8);
            if (text.startsWith(kind + ":")) {
                return text.substring(kind.length() + 1);
            }
        } catch (IllegalArgumentException e) {
            // said below, in the same words
        }
        throw Refusals.invalid("Invalid Marker.");
    }
}
