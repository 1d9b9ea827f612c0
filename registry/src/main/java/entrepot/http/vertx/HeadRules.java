package entrepot.http.vertx;

import entrepot.http.HostText;
import entrepot.http.HttpLimits;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// What a request's head must be, beyond what the decoder already holds it to. Pure functions of the head.
///
/// Whatever could let two readers of the same bytes disagree on where a request ends, or on whom it is for, is refused.
/// Source: RFC 9112, 3.2 and 6.1; RFC 9110, 10.1.1.
final class HeadRules {

    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Set<HttpMethod> COMMON = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

    /// There is no memory for one more head.
    static final OptionalInt NO_ROOM = OptionalInt.of(503);

    private HeadRules() {}

    /// The status to refuse with, if the request must not reach a handler.
    static OptionalInt refusal(HttpRequest head) {
        var malformed = head.decoderResult().cause();
        if (malformed instanceof TooLongHttpLineException) {
            return OptionalInt.of(414);
        }
        if (malformed instanceof TooLongHttpHeaderException) {
            return OptionalInt.of(431);
        }
        if (!isVersion(head, HttpVersion.HTTP_1_1) && !isVersion(head, HttpVersion.HTTP_1_0)) {
            return OptionalInt.of(505);
        }
        if (hasOtherCoding(head)) {
            return OptionalInt.of(501);
        }
        if (malformed != null || !isWellFormed(head) || !namesOneHost(head)) {
            return OptionalInt.of(400);
        }
        return expectsTooMuch(head) ? OptionalInt.of(417) : OptionalInt.empty();
    }

    /// The same for HTTP/2, whose head comes in parts: the decoder has held each to its form (RFC 9113, 8.2 and 8.3).
    static OptionalInt refusalOfHttp2(HttpServerRequest request, HttpLimits.Head limits) {
        if (request.uri() == null || request.authority() == null) { // CONNECT has no path
            return OptionalInt.of(400);
        }
        if (request.uri().length() > limits.requestLine()) {
            return OptionalInt.of(414);
        }
        if (isTooLong(request.headers(), limits)) {
            return OptionalInt.of(431);
        }
        var headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        request.headers().entries().forEach(line -> headers.add(line.getKey(), line.getValue()));
        headers.set("Host", request.authority().toString());
        try {
            return refusal(new DefaultHttpRequest(
                    HttpVersion.HTTP_1_1, HttpMethod.valueOf(request.method().name()), request.uri(), headers));
        } catch (IllegalArgumentException e) {
            return OptionalInt.of(400); // Netty's words for a method or a path that no line could hold
        }
    }

    private static boolean isTooLong(MultiMap headers, HttpLimits.Head limits) {
        var lines = headers.entries();
        return lines.size() > limits.lines() || bytesOf(lines) > limits.bytes();
    }

    static int bytesOf(List<Map.Entry<String, String>> lines) {
        return lines.stream()
                .mapToInt(line -> line.getKey().length() + line.getValue().length())
                .sum();
    }

    private static boolean isVersion(HttpRequest head, HttpVersion version) {
        return head.protocolVersion().equals(version);
    }

    private static boolean hasOtherCoding(HttpRequest head) {
        return head.headers().getAll("Transfer-Encoding").stream()
                .anyMatch(coding -> !coding.equalsIgnoreCase("chunked"));
    }

    private static boolean isWellFormed(HttpRequest head) {
        var headers = head.headers();
        return (COMMON.contains(head.method())
                        || METHOD.matcher(head.method().name()).matches())
                && RequestTarget.parse(head.uri(), head.headers().get("Host")).isPresent()
                && !(headers.contains("Transfer-Encoding") && headers.contains("Content-Length"));
    }

    private static boolean namesOneHost(HttpRequest head) {
        var hosts = head.headers().getAll("Host");
        return hosts.isEmpty()
                ? isVersion(head, HttpVersion.HTTP_1_0)
                : hosts.size() == 1 && HostText.isHost(hosts.getFirst());
    }

    private static boolean expectsTooMuch(HttpRequest head) {
        var expected = head.headers().getAll("Expect");
        return isVersion(head, HttpVersion.HTTP_1_1)
                && !expected.isEmpty()
                && !(expected.size() == 1 && expected.getFirst().equalsIgnoreCase("100-continue"));
    }
}
