package entrepot.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// The parameters of a query string or of a form, decoded, in the order they came.
///
/// Lenient: a `%` that begins no escape stands for itself, bytes that are not UTF-8 become U+FFFD.
public record Query(List<Parameter> parameters) {

    /// One name with its value; the value is empty where there was no `=`.
    public record Parameter(String name, String value) {}

    public Query {
        parameters = List.copyOf(parameters);
    }

    /// Reads a form, where `+` is a space (WHATWG, URL standard, "application/x-www-form-urlencoded").
    public static Query parse(String text) {
        return read(text, pair -> parameter(pair.replace('+', ' ')));
    }

    /// Reads the text after the `?` of a URI, as it was sent. `+` is a plus (RFC 3986, 2.2 and 3.4).
    public static Query ofUri(String text) {
        return read(text, Query::parameter);
    }

    private static Query read(String text, Function<String, Parameter> reader) {
        return new Query(Stream.of(text.split("&", -1))
                .filter(pair -> !pair.isEmpty())
                .map(reader)
                .toList());
    }

    /// The value of the first parameter of that name.
    public Optional<String> first(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    /// The values of all parameters of that name, in order.
    public List<String> all(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    public boolean has(String name) {
        return first(name).isPresent();
    }

    private static Parameter parameter(String pair) {
        var equals = pair.indexOf('=');
        return equals < 0
                ? new Parameter(decode(pair), "")
                : new Parameter(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        var sent = text.getBytes(UTF_8);
        var bytes = new ByteArrayOutputStream(sent.length);
        for (int i = 0; i < sent.length; i++) {
            if (isEscape(sent, i)) {
                bytes.write(HexFormat.fromHexDigit(sent[i + 1]) << 4 | HexFormat.fromHexDigit(sent[i + 2]));
                i += 2;
            } else {
                bytes.write(sent[i]);
            }
        }
        return bytes.toString(UTF_8);
    }

    private static boolean isEscape(byte[] text, int at) {
        return text[at] == '%'
                && at + 2 < text.length
                && HexFormat.isHexDigit(text[at + 1])
                && HexFormat.isHexDigit(text[at + 2]);
    }
}
