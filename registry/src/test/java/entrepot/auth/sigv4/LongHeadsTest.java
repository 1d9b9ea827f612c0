package entrepot.auth.sigv4;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Authentication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.ThrowingSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is looked at before anybody is known costs no more than its length. Each text is so much longer than a head may
/// be that work of the square of it would not end in time.
class LongHeadsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONG = 4 << 20;

    private final Signing signing = new Signing();

    private static <T> T inTime(ThrowingSupplier<T> work) {
        return Assertions.assertTimeoutPreemptively(PATIENCE, work);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Credential=",
                "Credential=a/sts/aws4_request",
                "Credential=/",
                "SignedHeaders=host;",
                "Signature= ",
                ", ",
                "=",
                "/"
            })
    void an_authorization_of_one_text_again_and_again(String text) {
        var header = "AWS4-HMAC-SHA256 " + text.repeat(LONG / text.length());
        var request = new SignedRequest("POST", "/", "", List.of(new SignedRequest.Header("Authorization", header)));

        assertThat(inTime(() -> ClaimedRequest.of(request).service())).isEmpty();
        assertThat(inTime(() -> signing.verify(request))).isInstanceOf(Authentication.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a&",
                "X-Amz-Credential=/&",
                "X-Amz-Algorithm=AWS4-HMAC-SHA256&",
                "%",
                "%41",
                "=",
                "X-Amz-Date=%&"
            })
    void a_query_of_one_text_again_and_again(String text) {
        var query = "X-Amz-Signature=1&" + text.repeat(LONG / 4 / text.length());
        var request = new SignedRequest("GET", "/", query, List.of());

        assertThat(inTime(() -> signing.verify(request))).isInstanceOf(Authentication.Rejected.class);
    }

    @Test
    void as_many_signed_headers_as_lines() {
        var names = IntStream.range(0, 100_000).mapToObj(i -> "x-" + i).toList();
        var good = Signing.signed(Signing.request(r -> {}));
        var headers = new ArrayList<>(good.headers());
        names.forEach(name -> headers.add(new SignedRequest.Header(name, "1")));
        headers.replaceAll(header -> header.name().equals("Authorization")
                ? new SignedRequest.Header(
                        "Authorization",
                        header.value()
                                .replace(
                                        "SignedHeaders=",
                                        "SignedHeaders=" + names.stream().collect(Collectors.joining(";", "", ";"))))
                : header);
        var request = new SignedRequest("POST", "/", "", headers);

        inTime(() -> {
            signing.refusesTheSignature(request);
            return request;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/..", "/a", "/./", "%2F"})
    void a_path_of_one_text_again_and_again(String text) {
        var good = Signing.signed(Signing.request(r -> {}));
        var request = new SignedRequest("POST", "/" + text.repeat(LONG / text.length()), "", good.headers());

        inTime(() -> signing.verify(request));
    }
}
