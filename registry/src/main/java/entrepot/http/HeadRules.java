package entrepot.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a request's head must be, beyond what the decoder already holds it to. Pure functions of the head.
///
/// Whatever could let two readers of the same bytes disagree on where a request ends, or on whom it is for, is refused.
/// Source: RFC 9112, 3.2 and 6.1; RFC 9110, 10.1.1.
final class HeadRules {

    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern TARGET = Pattern.compile("/[!-\"$-~]*|\\*");
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

    private HeadRules() {}

    /// The status to refuse with, if the request must not reach a handler.
    static OptionalInt refusal(HttpServerRequest request, @Nullable Throwable malformed) {
        if (malformed instanceof TooLongHttpLineException) {
            return OptionalInt.of(414);
        }
        if (malformed instanceof TooLongHttpHeaderException) {
            return OptionalInt.of(431);
        }
        if (request.version() == null) {
            return OptionalInt.of(505);
        }
        if (hasOtherCoding(request)) {
            return OptionalInt.of(501);
        }
        if (malformed != null || !isWellFormed(request) || !namesOneHost(request)) {
            return OptionalInt.of(400);
        }
        return expectsTooMuch(request) ? OptionalInt.of(417) : OptionalInt.empty();
    }

    /// Clients of HTTP/1.0 cannot wait for it.
    static boolean waitsForContinue(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_1
                && "100-continue".equalsIgnoreCase(request.getHeader("Expect"));
    }

    private static boolean hasOtherCoding(HttpServerRequest request) {
        return request.headers().getAll("Transfer-Encoding").stream()
                .anyMatch(coding -> !coding.equalsIgnoreCase("chunked"));
    }

    private static boolean isWellFormed(HttpServerRequest request) {
        var headers = request.headers();
        return METHOD.matcher(request.method().name()).matches()
                && TARGET.matcher(request.uri()).matches()
                && !(headers.contains("Transfer-Encoding") && headers.contains("Content-Length"));
    }

    private static boolean namesOneHost(HttpServerRequest request) {
        var hosts = request.headers().getAll("Host");
        return hosts.isEmpty()
                ? request.version() == HttpVersion.HTTP_1_0
                : hosts.size() == 1 && HOST.matcher(hosts.getFirst()).matches();
    }

    private static boolean expectsTooMuch(HttpServerRequest request) {
        var expected = request.headers().getAll("Expect");
        return request.version() == HttpVersion.HTTP_1_1
                && !expected.isEmpty()
                && !(expected.size() == 1 && waitsForContinue(request));
    }
}
