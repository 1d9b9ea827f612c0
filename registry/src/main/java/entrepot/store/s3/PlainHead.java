package entrepot.store.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/// The head of an answer.
///
/// @param text without the empty line
record PlainHead(String text) {

    private static final int DIGITS = 18;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int INITIAL = 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})( .*)?");
    private static final Pattern RANGE = Pattern.compile("bytes \\d{1,18}-\\d{1,18}/(\\d{1,18})");

    /// Whether bytes follow as they were asked for, and how many.
    boolean isObject(boolean part) {
        return text.startsWith(part ? "HTTP/1.1 206 " : "HTTP/1.1 200 ")
                && value("transfer-encoding").isEmpty()
                && value("content-encoding").isEmpty()
                && hasLength()
                && (!part || RANGE.matcher(value("content-range")).matches());
    }

    /// The head of a request.
    static ByteBuffer of(SdkHttpRequest request) {
        var head = new StringBuilder(INITIAL)
                .append(request.method())
                .append(' ')
                .append(request.encodedPath())
                .append(request.encodedQueryParameters().map("?"::concat).orElse(""))
                .append(" HTTP/1.1\r\n");
        request.forEachHeader((name, values) -> values.forEach(
                value -> head.append(name).append(": ").append(value).append("\r\n")));
        return ByteBuffer.wrap(head.append("\r\n").toString().getBytes(ISO_8859_1));
    }

    /// As the SDK has it.
    ///
    /// @throws IOException if it is none of HTTP
    SdkHttpResponse forSdk() throws IOException {
        var lines = text.split("\r\n", -1);
        var status = STATUS.matcher(lines[0]);
        if (!status.matches()) {
            throw new IOException("no status of HTTP");
        }
        var response = SdkHttpResponse.builder().statusCode(Integer.parseInt(status.group(1)));
        Stream.of(lines).skip(1).filter(line -> line.indexOf(':') > 0).forEach(line -> {
            var colon = line.indexOf(':');
            response.appendHeader(
                    line.substring(0, colon), line.substring(colon + 1).strip());
        });
        return response.build();
    }

    boolean hasStatus(int status) {
        return text.startsWith(" " + status, "HTTP/1.1".length());
    }

    /// Whether the answer itself is still to come.
    ///
    /// Source: RFC 9110, 15.2.
    boolean isInterim() {
        return text.startsWith("HTTP/1.1 1") || text.startsWith("HTTP/1.0 1");
    }

    /// Whether nothing follows, whatever the head says.
    ///
    /// Source: RFC 9112, 6.3.
    boolean hasNoBody() {
        return hasStatus(NO_CONTENT) || hasStatus(NOT_MODIFIED);
    }

    /// Whether it can be told where the answer ends and the next one begins.
    private boolean hasEnd() {
        return hasNoBody() || isInChunks() || (value("transfer-encoding").isEmpty() && hasLength());
    }

    /// Whether another answer may follow over the same connection.
    boolean mayBeFollowed() {
        return text.startsWith("HTTP/1.1 ") && !isLast() && hasEnd();
    }

    boolean isInChunks() {
        return value("transfer-encoding").equalsIgnoreCase("chunked");
    }

    boolean hasLength() {
        return value("content-length").matches("\\d{1," + DIGITS + "}");
    }

    /// How many bytes follow.
    long length() {
        return Long.parseLong(value("content-length"));
    }

    /// How many the whole object has.
    long size() {
        var range = RANGE.matcher(value("content-range"));
        return range.matches() ? Long.parseLong(range.group(1)) : length();
    }

    boolean isLast() {
        return value("connection").toLowerCase(Locale.ROOT).contains("close");
    }

    private String value(String name) {
        for (int at = text.indexOf("\r\n"); at >= 0; at = text.indexOf("\r\n", at + 2)) {
            if (text.regionMatches(true, at + 2, name + ":", 0, name.length() + 1)) {
                var begin = at + 2 + name.length() + 1;
                var end = text.indexOf("\r\n", begin);
                return text.substring(begin, end < 0 ? text.length() : end).strip();
            }
        }
        return "";
    }
}
