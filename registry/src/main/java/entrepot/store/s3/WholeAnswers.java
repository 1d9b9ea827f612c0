package entrepot.store.s3;

import java.io.IOException;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Takes no answer whose head was cut. Without TLS a line that breaks amid the head is to the JDK's client a head that
/// ended there: a tag of a part that lacks its end, a range that does not say of how many bytes. What is refused here
/// the SDK asks for again.
///
/// Source: RFC 9112, 8 "Handling Incomplete Messages".
record WholeAnswers(SdkHttpClient client) implements SdkHttpClient {

    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int PARTIAL_CONTENT = 206;
    private static final Pattern RANGE = Pattern.compile("bytes \\d{1,18}-(\\d{1,18})/(\\d{1,18})");

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        var prepared = client.prepareRequest(request);
        var method = request.httpRequest().method();
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                var answer = prepared.call();
                if (!isWhole(answer.httpResponse(), method)) {
                    prepared.abort();
                    throw new IOException("the head of an answer was cut");
                }
                return answer;
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    static boolean isWhole(SdkHttpResponse answer, SdkHttpMethod method) {
        if (!answer.isSuccessful()) {
            return answer.statusCode() >= OK; // and not the first digits of a status
        }
        var hasTag = answer.firstMatchingHeader("ETag").isPresent();
        return (hasEnd(answer) || (method == SdkHttpMethod.HEAD && !hasTag)) // a bucket has no length
                && (answer.statusCode() != PARTIAL_CONTENT || hasRange(answer))
                && isWholeDate(answer)
                && (hasTag ? isWholeTag(answer) : method != SdkHttpMethod.PUT);
    }

    private static boolean hasEnd(SdkHttpResponse answer) {
        return answer.statusCode() == NO_CONTENT
                || answer.firstMatchingHeader("Content-Length").isPresent()
                || answer.firstMatchingHeader("Transfer-Encoding").isPresent();
    }

    /// A number that lost its last digits is less than the end of the range, but for small ranges.
    private static boolean hasRange(SdkHttpResponse answer) {
        var range = RANGE.matcher(answer.firstMatchingHeader("Content-Range").orElse(""));
        return range.matches() && Long.parseLong(range.group(1)) < Long.parseLong(range.group(2));
    }

    private static boolean isWholeDate(SdkHttpResponse answer) {
        return answer.firstMatchingHeader("Last-Modified")
                .map(date -> date.endsWith("GMT"))
                .orElse(true);
    }

    private static boolean isWholeTag(SdkHttpResponse answer) {
        var tag = answer.firstMatchingHeader("ETag").orElse("");
        return !tag.startsWith("\"") || (tag.length() > 1 && tag.endsWith("\""));
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String clientName() {
        return client.clientName();
    }
}
