package entrepot.auth.sigv4;

import static entrepot.auth.sigv4.Signing.BODY;
import static entrepot.auth.sigv4.Signing.KEY;
import static entrepot.auth.sigv4.Signing.request;
import static entrepot.auth.sigv4.Signing.rescoped;
import static entrepot.auth.sigv4.Signing.sha256;
import static entrepot.auth.sigv4.Signing.signed;
import static entrepot.auth.sigv4.Signing.with;
import static entrepot.auth.sigv4.Signing.without;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Authentication;
import entrepot.auth.Hmac;
import entrepot.auth.KnownKeys;
import entrepot.auth.Principal;
import entrepot.auth.Regions;
import entrepot.store.AccessKeys.Use;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// The verifier against requests that the AWS SDK's signer made, whole and then changed in one place.
class SigV4Test {

    private final Signing signing = new Signing();
    private final SignedRequest good = signed(request(r -> {}));

    @Test
    void a_signed_request_proves_its_principal() {
        assertThat(signing.verify(good))
                .isEqualTo(new Authentication.Proven(
                        Principal.ofRoot(KEY.account(), KEY.id()), KEY.account(), "eu-west-1"));
    }

    @Test
    void a_proven_use_of_a_key_is_told_and_a_forged_one_is_not() {
        signing.verify(new SignedRequest("PUT", good.path(), good.query(), good.headers()));
        assertThat(signing.usage.latest(KEY.id())).isEmpty();

        signing.verify(good);
        assertThat(signing.usage.latest(KEY.id())).hasValue(new Use(Signing.NOW, "eu-west-1", "ecr"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/a/b/", "/a%20b", "/%E2%82%AC/x", "/a//b", "/a/./b/../c", "/a%2Fb", "/~user/-_.", "/a+b*c"
            })
    void any_path_can_be_signed(String path) {
        signing.accepts(signed(request(r -> r.encodedPath(path))));
    }

    @ParameterizedTest
    @CsvSource({"b,2", "a b,c d", "key,''", "'é€','ü'", "'a+b','c/d=e&f'", "'~-_.','*()'", "A,a"})
    void any_query_can_be_signed(String name, String value) {
        signing.accepts(signed(request(r -> r.putRawQueryParameter(name, value)
                .appendRawQueryParameter("a", "2")
                .appendRawQueryParameter("a", "10")
                .appendRawQueryParameter("a-", "")
                .appendRawQueryParameter("B", "1"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "  led  and   inner \t blanks  ", "é€", "", "a,b", "\"quoted  twice\""})
    void any_header_can_be_signed(String value) {
        signing.accepts(signed(request(r -> r.putHeader("X-Note", value))));
    }

    @Test
    void lines_of_one_header_are_signed_in_their_order() {
        var twice = signed(request(r -> r.appendHeader("X-Note", "b").appendHeader("X-Note", "a")));

        signing.accepts(twice);
        signing.refusesTheSignature(with(twice, "X-Note", value -> value.equals("a") ? "b" : "a"));
    }

    @Test
    void nothing_that_was_signed_can_be_changed() {
        signing.refusesTheSignature(new SignedRequest("GET", good.path(), good.query(), good.headers()));
        signing.refusesTheSignature(new SignedRequest("POST", "/v2/", good.query(), good.headers()));
        signing.refusesTheSignature(new SignedRequest("POST", good.path(), "a=b", good.headers()));
        signing.refusesTheSignature(with(good, "Host", host -> "example.com"));
        signing.refusesTheSignature(with(good, "X-Amz-Target", target -> target.replace("Describe", "Delete")));
        signing.refusesTheSignature(with(good, "X-Amz-Date", date -> "20260304T050608Z"));
        signing.refusesTheSignature(rescoped(good, "eu-west-1", "eu-west-2"));
    }

    @Test
    void the_body_is_signed() {
        assertThat(signing.verifier.verify(good, "ecr", sha256(new byte[0])))
                .isInstanceOf(Authentication.Rejected.class);
        assertThat(signing.verifier.verify(good, "ecr", sha256(BODY))).isInstanceOf(Authentication.Proven.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "00", "g", "", " "})
    void every_other_signature_is_wrong(String last) {
        var changed = with(good, "Authorization", value -> value.substring(0, value.length() - 2) + last + "x");

        assertThat(signing.verify(changed)).isInstanceOf(Authentication.Rejected.class);
    }

    @Test
    void a_hash_of_the_body_that_is_sent_must_be_its_hash() {
        var unsigned = signed(
                request(r -> r.protocol("https")),
                s -> s.putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, false));

        assertThat(unsigned.onlyHeader("x-amz-content-sha256")).hasValue("UNSIGNED-PAYLOAD");
        signing.refusesTheSignature(unsigned);
        assertThat(good.onlyHeader("x-amz-content-sha256")).hasValue(sha256(BODY));
        signing.refusesTheSignature(with(good, "x-amz-content-sha256", hash -> "UNSIGNED-PAYLOAD"));
    }

    @Test
    void without_a_credential_it_is_missing() {
        assertThat(signing.verify(without(good, "Authorization"))).isEqualTo(new Authentication.Missing());
    }

    @Test
    void an_unknown_key_is_not_recognised() {
        signing.refuses(
                rescoped(good, KEY.id(), "AKIAIOSFODNN7EXAMPLF"),
                "UnrecognizedClientException",
                "The security token included in the request is invalid.");
    }

    @Test
    void a_session_token_does_not_go_with_a_key_that_lasts() {
        signing.refuses(
                signed(request(r -> r.putHeader("X-Amz-Security-Token", "FwoGZXIvYXdzEXAMPLE"))),
                "UnrecognizedClientException",
                "The security token included in the request is invalid.");
    }

    @Test
    void a_session_token_must_be_signed() {
        signing.refuses(
                Signing.adding(good, "x-amz-security-token", "FwoGZXIvYXdzEXAMPLE"),
                "InvalidSignatureException",
                "'X-Amz-Security-Token' must be a 'SignedHeader' in the AWS Authorization.");
    }

    @Test
    void a_thousand_odd_requests_are_accepted_and_none_of_them_for_another_path() {
        var random = new Random(20260304);

        for (var i = 0; i < 1_000; i++) {
            var odd = signed(request(r -> r.encodedPath("/" + SdkHttpUtils.urlEncode(text(random)))
                    .putRawQueryParameter(text(random), text(random))
                    .putRawQueryParameter(text(random), List.of(text(random), text(random)))
                    .putHeader("X-Note", List.of(text(random), text(random)))));

            signing.accepts(odd);
            signing.refusesTheSignature(new SignedRequest("POST", odd.path() + "a", odd.query(), odd.headers()));
        }
    }

    @Test
    void a_request_is_good_for_fifteen_minutes() {
        signing.clock.move(Duration.ofMinutes(15).plusMillis(999));
        signing.accepts(good);

        signing.clock.move(Duration.ofMillis(1));
        signing.refuses(
                good,
                "InvalidSignatureException",
                "Signature expired: 20260304T050607Z is now earlier than 20260304T050608Z (20260304T052108Z - 15 min.)");
    }

    @Test
    void a_clock_may_be_fifteen_minutes_ahead() {
        signing.clock.move(Duration.ofMinutes(-15));
        signing.accepts(good);

        signing.clock.move(Duration.ofSeconds(-1));
        signing.refuses(
                good,
                "InvalidSignatureException",
                "Signature not yet current: 20260304T050607Z is still later than 20260304T050606Z"
                        + " (20260304T045106Z + 15 min.)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            /ecr/            | /s3/              | "Credential should be scoped to correct service: 'ecr'. "
            eu-west-1        | nowhere           | Credential should be scoped to a valid region.
            eu-west-1        | ""                | Credential should be scoped to a valid region.
            aws4_request     | aws4_requests     | Credential should be scoped with a valid terminator: 'aws4_request'.
            /20260304/       | /20260303/        | Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20260303' != '20260304', from '20260304T050607Z'.
            /20260304/       | //                | Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '' != '20260304', from '20260304T050607Z'.
            """)
    void a_scope_must_be_this_service_and_day(String from, String to, String message) {
        signing.refuses(rescoped(good, from, to), "InvalidSignatureException", message);
    }

    @Test
    void only_the_regions_that_are_listed_are_served() {
        var regions = new Regions(Set.of("us-east-1"));
        var verifier = new SigV4(new KnownKeys(Signing.KEYS, signing.clock), signing.usage, regions, signing.clock);

        assertThat(verifier.verify(good, "ecr", sha256(BODY)))
                .isEqualTo(new Authentication.Rejected(
                        "InvalidSignatureException", "Credential should be scoped to a valid region."));
    }

    @Test
    void a_signature_for_one_service_is_not_one_for_another() {
        assertThat(signing.verifier.verify(good, "sts", sha256(BODY)))
                .isEqualTo(new Authentication.Rejected(
                        "InvalidSignatureException", "Credential should be scoped to correct service: 'sts'. "));
    }

    @ParameterizedTest
    @CsvSource({"host,Host", "x-amz-date,X-Amz-Date", "x-amz-target,X-Amz-Target"})
    void what_says_where_when_and_what_must_be_signed(String signedName, String name) {
        signing.refuses(
                with(
                        good,
                        "Authorization",
                        value -> value.replaceFirst("(?<=[=;])" + signedName + ";|;" + signedName + "(?=,)", "")),
                "InvalidSignatureException",
                "'%s' must be a 'SignedHeader' in the AWS Authorization.".formatted(name));
    }

    @Test
    void what_is_said_to_be_signed_must_be_there() {
        signing.refuses(
                without(good, "Content-Type"),
                "IncompleteSignatureException",
                "'content-type' is named as a SignedHeader, but it does not exist in the HTTP request");
    }

    @Test
    void an_unknown_key_takes_the_same_work_as_a_wrong_secret() {
        var chains = new AtomicInteger();
        var counted = new Signing((key, data) -> {
            chains.incrementAndGet();
            return Hmac.SHA256.of(key, data);
        });
        counted.verify(rescoped(good, "Signature=", "Signature=0"));
        var wrongSecret = chains.getAndSet(0);
        counted.verify(rescoped(good, KEY.id(), "AKIAIOSFODNN7EXAMPLF"));
        var unknownKey = chains.getAndSet(0);

        assertThat(wrongSecret).isEqualTo(5);
        assertThat(unknownKey).isEqualTo(wrongSecret);

        counted.verify(rescoped(good, "Signature=", "Signature=0"));
        var wrongSecretAgain = chains.getAndSet(0);
        counted.verify(rescoped(good, KEY.id(), "AKIAIOSFODNN7EXAMPLG"));

        assertThat(wrongSecretAgain).isEqualTo(1);
        assertThat(chains).hasValue(wrongSecretAgain);
    }

    @Test
    void a_bad_head_is_refused_before_the_body_is_read() {
        assertThat(signing.verifier.check(good, "ecr")).isInstanceOf(SigV4.Head.Signed.class);
        assertThat(signing.verifier.check(without(good, "Authorization"), "ecr"))
                .isEqualTo(new SigV4.Head.Refused(new Authentication.Missing()));
        assertThat(signing.verifier.check(rescoped(good, KEY.id(), "AKIAIOSFODNN7EXAMPLF"), "ecr"))
                .isInstanceOf(SigV4.Head.Refused.class);
    }

    @Test
    void nothing_prints_a_secret_or_a_signature() {
        var signature = good.onlyHeader("Authorization").orElseThrow().replaceFirst(".*Signature=", "");
        var shown = good + " " + signing.verifier.check(good, "ecr") + " " + KEY + " "
                + HeaderForm.parse(
                        good,
                        SignedQuery.parse(""),
                        good.onlyHeader("Authorization").orElseThrow());

        assertThat(shown).doesNotContain(signature, KEY.secret());
    }

    /// One to eight printable characters, of any plane.
    private static String text(Random random) {
        return random.ints(1 + random.nextInt(8), 0x21, 0x1FFFF)
                .map(c -> random.nextInt(3) == 0 ? 0x21 + c % 0x5e : c)
                .filter(c -> Character.isLetterOrDigit(c) || (c > 0x20 && c < 0x7f && c != '.' && c != '/'))
                .collect(() -> new StringBuilder("x"), StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
