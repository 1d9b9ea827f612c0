package entrepot.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Header lines in the order they came. Names are compared without regard to case (RFC 9110, 5.1).
public record HttpHeaders(List<Line> lines) {

    public static final HttpHeaders EMPTY = new HttpHeaders(List.of());

    public record Line(String name, String value) {
        /// Without the value, which may be a password, so that no log can hold it.
        @Override
        public String toString() {
            return name;
        }
    }

    public HttpHeaders {
        lines = List.copyOf(lines);
    }

    public HttpHeaders with(String name, String value) {
        var more = lines.toArray(new Line[lines.size() + 1]);
        more[lines.size()] = new Line(name, value);
        return new HttpHeaders(List.of(more));
    }

    public HttpHeaders without(String name) {
        return find(name) == null
                ? this
                : new HttpHeaders(lines.stream()
                        .filter(line -> !line.name().equalsIgnoreCase(name))
                        .toList());
    }

    public Optional<String> first(String name) {
        var line = find(name);
        return line == null ? Optional.empty() : Optional.of(line.value());
    }

    /// A loop and no stream: each request is asked for a dozen of them.
    private @Nullable Line find(String name) {
        for (var line : lines) {
            if (line.name().equalsIgnoreCase(name)) {
                return line;
            }
        }
        return null;
    }

    /// Whether the first `Content-Type` is this one, whatever its case and its parameters (RFC 9110, 8.3.1).
    public boolean hasContentType(String type) {
        return first("Content-Type").filter(sent -> isType(sent, type)).isPresent();
    }

    private static boolean isType(String sent, String type) {
        var end = sent.indexOf(';');
        return (end < 0 ? sent : sent.substring(0, end)).strip().equalsIgnoreCase(type);
    }

    /// Whether an `Accept` names this type itself. Ranges such as `*/*` do not count.
    public boolean accepts(String type) {
        return all("Accept").stream()
                .flatMap(line -> Arrays.stream(line.split(",", -1)))
                .anyMatch(range -> isType(range, type));
    }

    public List<String> all(String name) {
        return find(name) == null
                ? List.of()
                : lines.stream()
                        .filter(line -> line.name().equalsIgnoreCase(name))
                        .map(Line::value)
                        .toList();
    }
}
