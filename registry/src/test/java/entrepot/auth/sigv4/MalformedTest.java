package entrepot.auth.sigv4;

import static entrepot.auth.sigv4.Signing.adding;
import static entrepot.auth.sigv4.Signing.request;
import static entrepot.auth.sigv4.Signing.signed;
import static entrepot.auth.sigv4.Signing.with;
import static entrepot.auth.sigv4.Signing.without;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Authentication;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Credentials that are none, and what is said of them.
class MalformedTest {

    private static final String INCOMPLETE = "IncompleteSignatureException";

    private final Signing signing = new Signing();
    private final SignedRequest good = signed(request(r -> {}));

    private SignedRequest authorized(String authorization) {
        return with(good, "Authorization", value -> authorization);
    }

    @Test
    void what_lacks_everything_is_told_so_by_its_hash_only() {
        signing.refuses(
                without(authorized("Basic QVdTOnNlY3JldA=="), "X-Amz-Date"),
                INCOMPLETE,
                "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature'"
                        + " parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header"
                        + " requires existence of either a 'X-Amz-Date' or a 'Date' header."
                        + " (Hashed with SHA-256 and encoded with Base64)"
                        + " Authorization=h+eSM2esG/+SYBpQLsXDGrWKVJxMXA1dhy2+UbFk1/8=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Credential", "Signature", "SignedHeaders"})
    void what_lacks_one_parameter_is_told_which(String name) {
        assertThat(signing.verify(with(good, "Authorization", value -> value.replace(name + "=", "Other="))))
                .asString()
                .contains(INCOMPLETE, "message=Authorization header requires '%s' parameter. (Hashed".formatted(name));
    }

    @ParameterizedTest
    @CsvSource({"AWS4-HMAC-SHA512", "AWS4-ECDSA-P256-SHA256", "AWS4-"})
    void no_other_algorithm_is_known(String algorithm) {
        signing.refuses(
                with(good, "Authorization", value -> value.replace("AWS4-HMAC-SHA256", algorithm)),
                INCOMPLETE,
                "Unsupported AWS 'algorithm': '%s'.".formatted(algorithm));
    }

    @ParameterizedTest
    @CsvSource({"Signature=,nothing", "'Signature=',' x Signature='"})
    void a_parameter_without_a_value_is_refused(String from, String to) {
        assertThat(signing.verify(with(good, "Authorization", value -> value.replace(from, to))))
                .asString()
                .contains(INCOMPLETE, "Invalid key=value pair (missing equal-sign) in Authorization header");
    }

    @Test
    void a_parameter_sent_twice_is_refused() {
        assertThat(signing.verify(with(good, "Authorization", value -> value + ", Signature=0")))
                .asString()
                .contains(INCOMPLETE);
    }

    @Test
    void a_credential_header_sent_twice_is_refused() {
        signing.refuses(
                adding(good, "authorization", "AWS4-HMAC-SHA256 Credential=x"),
                INCOMPLETE,
                "The 'Authorization' header must not be sent more than once.");
        signing.refuses(
                adding(good, "x-amz-date", "20260304T050607Z"),
                INCOMPLETE,
                "The 'X-Amz-Date' header must not be sent more than once.");
    }

    @Test
    void a_credential_has_five_elements() {
        signing.refuses(
                with(good, "Authorization", value -> value.replace("/aws4_request", "")),
                INCOMPLETE,
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got"
                        + " 'AKIAIOSFODNN7EXAMPLE/20260304/eu-west-1/ecr'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"20260304", "2026-03-04T05:06:07Z", "20260304T050607", "20261304T050607Z", "", "T", "+12026030"})
    void a_date_is_of_the_basic_format(String date) {
        signing.refuses(
                with(good, "X-Amz-Date", value -> date),
                INCOMPLETE,
                "Date must be in ISO-8601 'basic format'. Got '%s'. See http://en.wikipedia.org/wiki/ISO_8601"
                        .formatted(date));
    }

    @Test
    void blanks_between_parameters_do_not_matter() {
        signing.accepts(with(good, "Authorization", value -> value.replace(", ", ",")));
        signing.accepts(with(good, "Authorization", value -> value.replace(", ", " ,\t ")));
    }

    @Test
    void no_credential_however_broken_is_anything_but_refused() {
        var random = new Random(20260304);
        var authorization = good.onlyHeader("Authorization").orElseThrow();

        for (var i = 0; i < 5_000; i++) {
            var broken = new StringBuilder(authorization);
            for (var j = 0; j < 1 + random.nextInt(4); j++) {
                broken.setCharAt(random.nextInt(broken.length()), (char) (32 + random.nextInt(224)));
            }
            if (!parted(broken.toString()).equals(parted(authorization))) {
                assertThat(signing.verify(authorized(broken.toString())))
                        .as(broken.toString())
                        .isNotInstanceOf(Authentication.Proven.class);
            }
        }
    }

    /// Commas and blanks both part, so one for the other changes nothing.
    private static List<String> parted(String authorization) {
        return List.of(authorization.split("[, ]+", -1));
    }
}
