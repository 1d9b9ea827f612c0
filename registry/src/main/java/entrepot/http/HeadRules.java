package entrepot.http;

import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// What a request's head must be, beyond what the decoder already holds it to. Pure functions of the head.
///
/// Whatever could let two readers of the same bytes disagree on where a request ends, or on whom it is for, is refused.
/// Source: RFC 9112, 3.2 and 6.1; RFC 9110, 10.1.1.
final class HeadRules {

    private static final Pattern METHOD = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    /// No name is longer than 253 characters (RFC 1035, 2.3.4).
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{1,253}])(:[0-9]{1,5})?");

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

    /// Whether the text names a host, with or without a port.
    static boolean isHost(String text) {
        return HOST.matcher(text).matches();
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
        return METHOD.matcher(head.method().name()).matches()
                && RequestTarget.parse(head.uri(), head.headers().get("Host")).isPresent()
                && !(headers.contains("Transfer-Encoding") && headers.contains("Content-Length"));
    }

    private static boolean namesOneHost(HttpRequest head) {
        var hosts = head.headers().getAll("Host");
        return hosts.isEmpty() ? isVersion(head, HttpVersion.HTTP_1_0) : hosts.size() == 1 && isHost(hosts.getFirst());
    }

    private static boolean expectsTooMuch(HttpRequest head) {
        var expected = head.headers().getAll("Expect");
        return isVersion(head, HttpVersion.HTTP_1_1)
                && !expected.isEmpty()
                && !(expected.size() == 1 && expected.getFirst().equalsIgnoreCase("100-continue"));
    }
}
