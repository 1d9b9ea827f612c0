package entrepot.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// For which encryption contexts a grant is. Source: KMS API, GrantConstraints.
///
/// @param exact the whole context; null for any
/// @param part what the context has at least; null for nothing
public record GrantConstraints(
        @Nullable Map<String, String> exact, @Nullable Map<String, String> part) {

    public static final GrantConstraints NONE = new GrantConstraints(null, null);

    private static final String EXACT = "equals";
    private static final String PART = "subset";

    public GrantConstraints {
        exact = exact == null ? null : Map.copyOf(exact);
        part = part == null ? null : Map.copyOf(part);
    }

    public static GrantConstraints with(Map<String, String> part) {
        return new GrantConstraints(null, part);
    }

    /// As one line, which [#parse] reads: one for each value.
    @Override
    public String toString() {
        return Stream.of(line(EXACT, exact), line(PART, part))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String line(String kind, @Nullable Map<String, String> pairs) {
        return pairs == null
                ? ""
                : new TreeMap<>(pairs)
                        .entrySet().stream()
                                .map(pair -> encoded(pair.getKey()) + "=" + encoded(pair.getValue()))
                                .collect(Collectors.joining("&", kind + ":", ""));
    }

    public static GrantConstraints parse(String text) {
        return new GrantConstraints(pairs(text, EXACT), pairs(text, PART));
    }

    private static @Nullable Map<String, String> pairs(String text, String kind) {
        return Arrays.stream(text.split(" ", -1))
                .filter(line -> line.startsWith(kind + ":"))
                .findFirst()
                .map(line -> Arrays.stream(line.substring(kind.length() + 1).split("&", -1))
                        .filter(pair -> !pair.isEmpty())
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(pair -> decoded(pair[0]), pair -> decoded(pair[1]))))
                .orElse(null);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
