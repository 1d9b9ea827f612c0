package entrepot.benchmark;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/// The status line and headers of an answer.
///
/// @param text exactly as it came, its empty line included
record AnswerHead(String text) {
    private static final String END = "\r\n\r\n";

    /// Nothing, if the bytes do not yet hold the whole head.
    static Optional<AnswerHead> parse(ByteBuffer bytes) {
        var text = ISO_8859_1.decode(bytes).toString();
        var end = text.indexOf(END);
        return end < 0 ? Optional.empty() : Optional.of(new AnswerHead(text.substring(0, end + END.length())));
    }

    int status() {
        return Integer.parseInt(text.substring(9, 12));
    }

    /// Of the body, in bytes. Every server here says it.
    long length() {
        return Long.parseLong(header("content-length").orElse("0"));
    }

    /// @param name in lower case
    Optional<String> header(String name) {
        var start = text.toLowerCase(Locale.ROOT).indexOf("\r\n" + name + ":");
        if (start < 0) {
            return Optional.empty();
        }
        var value = start + 2 + name.length() + 1;
        return Optional.of(text.substring(value, text.indexOf("\r\n", value)).strip());
    }
}
