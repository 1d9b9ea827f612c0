package entrepot.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The parameters of a query string or of a form, decoded, in the order they came.
///
/// Lenient: a `%` that begins no escape stands for itself, `+` is a space, bytes that are not UTF-8 become U+FFFD.
public record Query(List<Parameter> parameters) {

    /// One name with its value; the value is empty where there was no `=`.
    public record Parameter(String name, String value) {}

    public Query {
        parameters = List.copyOf(parameters);
    }

    /// Reads the text after the `?`, as it was sent.
    public static Query parse(String text) {
        var parameters = new ArrayList<Parameter>();
        for (var pair : text.split("&", -1)) {
            if (!pair.isEmpty()) {
                parameters.add(parameter(pair));
            }
        }
        return new Query(parameters);
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
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        var sent = text.getBytes(UTF_8);
        var bytes = new ByteArrayOutputStream(sent.length);
        for (int i = 0; i < sent.length; i++) {
            if (isEscape(sent, i)) {
                bytes.write(HexFormat.fromHexDigit(sent[i + 1]) << 4 | HexFormat.fromHexDigit(sent[i + 2]));
                i += 2;
            } else {
                bytes.write(sent[i] == '+' ? ' ' : sent[i]);
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
