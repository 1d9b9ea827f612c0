package entrepot.upstream.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The status and the header fields of an answer (RFC 9112, 4 and 5), at most 64 KiB.
///
/// @param fields by their names in lower case
public record Head(int status, Map<String, List<String>> fields) {

    private static final int LONGEST = 64 << 10;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");

    /// The first value of a field.
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
        return fields.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /// The next one that is not of an interim answer (RFC 9110, 15.2).
    ///
    /// @throws EOFException if nothing came at all
    static Head read(InputStream in) throws IOException {
        var lines = new Lines(in, LONGEST);
        for (var head = read(lines); ; head = read(lines)) {
            if (head.status() >= 200) {
                return head;
            }
        }
    }

    private static Head read(Lines lines) throws IOException {
        var status = STATUS.matcher(lines.next());
        if (!status.matches()) {
            throw new MalformedAnswerException("the answer is no HTTP");
        }
        var fields = new TreeMap<String, List<String>>();
        for (var line = lines.next(); !line.isEmpty(); line = lines.next()) {
            var field = FIELD.matcher(line);
            if (!field.matches()) {
                throw new MalformedAnswerException("the answer has a header that is none");
            }
            fields.computeIfAbsent(field.group(1).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(field.group(2));
        }
        return new Head(Integer.parseInt(status.group(1)), fields);
    }

    /// Lines that end in CRLF or LF, of bounded length in all.
    static final class Lines {
        private final InputStream in;
        private int left;
        private boolean hasBegun;

        Lines(InputStream in, int most) {
            this.in = in;
            this.left = most;
        }

        String next() throws IOException {
            var line = new ByteArrayOutputStream();
            for (var c = read(); c != '\n'; c = read()) {
                line.write(c);
            }
            var text = line.toString(ISO_8859_1);
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }

        private int read() throws IOException {
            var c = in.read();
            if (c < 0) {
                throw hasBegun
                        ? new IOException("the answer broke off")
                        : new EOFException("the connection was closed");
            }
            hasBegun = true;
            if (--left < 0) {
                throw new MalformedAnswerException("the answer's headers are too long");
            }
            return c;
        }
    }
}
