package entrepot.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
        var more = new ArrayList<>(lines);
        more.add(new Line(name, value));
        return new HttpHeaders(more);
    }

    public HttpHeaders without(String name) {
        return new HttpHeaders(lines.stream()
                .filter(line -> !line.name().equalsIgnoreCase(name))
                .toList());
    }

    public Optional<String> first(String name) {
        return lines.stream()
                .filter(line -> line.name().equalsIgnoreCase(name))
                .map(Line::value)
                .findFirst();
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
        return lines.stream()
                .filter(line -> line.name().equalsIgnoreCase(name))
                .map(Line::value)
                .toList();
    }
}
