package entrepot.auth.sigv4;

import static entrepot.auth.sigv4.Signing.BODY;
import static entrepot.auth.sigv4.Signing.presigned;
import static entrepot.auth.sigv4.Signing.request;
import static entrepot.auth.sigv4.Signing.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Authentication;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Signatures in the query.
class PresignedTest {

    private final Signing signing = new Signing();
    private final SignedRequest good = presigned(request(r -> r.putRawQueryParameter("a b", "é&")));

    private static SignedRequest changed(SignedRequest request, UnaryOperator<String> change) {
        var query = change.apply(request.query());
        assertThat(query).isNotEqualTo(request.query());
        return new SignedRequest(request.method(), request.path(), query, request.headers());
    }

    @Test
    void a_presigned_request_proves_its_principal() {
        assertThat(good.query()).contains("X-Amz-Signature=");
        signing.accepts(good);
    }

    @Test
    void its_body_is_signed_all_the_same() {
        assertThat(signing.verifier.verify(good, "ecr", sha256(BODY))).isInstanceOf(Authentication.Proven.class);
        assertThat(signing.verifier.verify(good, "ecr", sha256(new byte[0])))
                .isInstanceOf(Authentication.Rejected.class);
        assertThat(signing.verifier.verify(good, "ecr", "UNSIGNED-PAYLOAD"))
                .isInstanceOf(Authentication.Rejected.class);
    }

    @Test
    void a_hash_beside_the_signature_must_be_the_bodys_as_well() {
        assertThat(good.header("X-Amz-Content-Sha256")).isEmpty();
        signing.accepts(Signing.adding(good, "X-Amz-Content-Sha256", sha256(BODY)));
        signing.refusesTheSignature(Signing.adding(good, "X-Amz-Content-Sha256", sha256(new byte[0])));
        signing.refusesTheSignature(Signing.adding(good, "X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD"));
    }

    @Test
    void it_is_good_for_as_long_as_it_says() {
        signing.clock.move(Duration.ofHours(1));
        signing.accepts(good);

        signing.clock.move(Duration.ofSeconds(1));
        signing.refuses(
                good,
                "InvalidSignatureException",
                "Signature expired: 20260304T050607Z is now earlier than 20260304T050608Z (20260304T060608Z - 60 min.)");
    }

    @Test
    void it_is_not_good_before_its_time() {
        signing.clock.move(Duration.ofMinutes(-16));

        assertThat(signing.verify(good))
                .asString()
                .contains("Signature not yet current: 20260304T050607Z is still later than 20260304T050507Z");
    }

    @Test
    void nothing_in_the_query_can_be_changed() {
        signing.refusesTheSignature(changed(good, query -> query.replace("X-Amz-Expires=3600", "X-Amz-Expires=3601")));
        signing.refusesTheSignature(changed(good, query -> query + "&more=1"));
        signing.refusesTheSignature(changed(good, query -> query.replace("a%20b", "a%20c")));
        signing.refusesTheSignature(changed(good, query -> query.replace("X-Amz-Signature=", "X-Amz-Signature=0")));
        signing.refusesTheSignature(changed(good, query -> query.replace("eu-west-1", "eu-west-2")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "604801", "-1", "1e3", "99999999999", "+60", ""})
    void it_may_last_a_second_to_a_week(String seconds) {
        assertThat(signing.verify(changed(good, q -> q.replace("X-Amz-Expires=3600", "X-Amz-Expires=" + seconds))))
                .isInstanceOfSatisfying(
                        Authentication.Rejected.class,
                        rejected -> assertThat(rejected.type()).isEqualTo("IncompleteSignatureException"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"})
    void every_part_is_there_once(String part) {
        var name = "X-Amz-" + part;
        var message = "AWS query-string parameters must include '%s' once. Re-examine the query-string parameters."
                .formatted(name);

        signing.refuses(
                changed(good, query -> query.replaceFirst(name + "=[^&]*", "x=y")),
                "IncompleteSignatureException",
                message);
        signing.refuses(changed(good, query -> query + "&" + name + "=1"), "IncompleteSignatureException", message);
    }

    @ParameterizedTest
    @CsvSource({"AWS4-HMAC-SHA256,AWS4-HMAC-SHA1", "AWS4-HMAC-SHA256,none"})
    void no_other_algorithm_is_known(String from, String to) {
        signing.refuses(
                changed(good, query -> query.replace(from, to)),
                "IncompleteSignatureException",
                "Unsupported AWS 'algorithm': '%s'.".formatted(to));
    }

    @Test
    void a_session_token_does_not_go_with_a_key_that_lasts() {
        signing.refuses(
                changed(good, query -> query + "&X-Amz-Security-Token=x"),
                "UnrecognizedClientException",
                "The security token included in the request is invalid.");
    }

    @Test
    void a_header_and_a_query_that_sign_are_read_as_one_signature_in_the_header() {
        var both = Signing.signed(request(r -> r.putRawQueryParameter("X-Amz-Signature", "0")));

        signing.accepts(both);
        signing.refusesTheSignature(changed(both, query -> "X-Amz-Signature=1"));
    }
}
