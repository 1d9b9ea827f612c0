package entrepot.auth.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.auth.policy.Decision.Allowed;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Documents and requests made to cost much. The time limits are there to fail and not to hang.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostilePoliciesTest {

    private static final String STATEMENT = "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}";

    @Test
    void as_many_statements_as_allowed_are_read() {
        assertThat(PolicyDocument.parse(statements(500), PolicyKind.IDENTITY).kind())
                .isEqualTo(PolicyKind.IDENTITY);
    }

    @ParameterizedTest
    @ValueSource(ints = {501, 10_000})
    void more_statements_are_refused(int count) {
        assertThatThrownBy(() -> PolicyDocument.parse(statements(count), PolicyKind.IDENTITY))
                .isInstanceOf(MalformedPolicyException.class);
    }

    private static String statements(int count) {
        return IntStream.range(0, count)
                .mapToObj(_ -> STATEMENT)
                .collect(Collectors.joining(",", "{\"Statement\":[", "]}"));
    }

    @Test
    void a_million_values_are_refused() {
        var actions = "\"*\",".repeat(1_000_000) + "\"*\"";

        refused("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":[" + actions + "],\"Resource\":\"*\"}}");
    }

    @Test
    void depth_is_refused() {
        refused("{\"Statement\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}");
    }

    @Test
    void depth_is_not_laid_out() {
        assertThatThrownBy(() -> PolicyDocument.pretty("[".repeat(100_000)))
                .isInstanceOf(MalformedPolicyException.class);
    }

    @Test
    void a_value_as_long_as_allowed_is_read() {
        var resource = "arn:aws:ecr:::" + "a".repeat(2048 - 14);

        assertThat(PolicyDocument.parse(on(resource), PolicyKind.IDENTITY).kind())
                .isEqualTo(PolicyKind.IDENTITY);
        refused(on(resource + "a"));
    }

    @Test
    void a_number_with_a_huge_exponent_is_no_number() {
        refused("{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\","
                + "\"Condition\":{\"NumericEquals\":{\"a:b\":1e999999999}}}}");
    }

    @Test
    void many_stars_against_a_long_name_are_quick() {
        var stars = "*a".repeat(1000) + "*b";

        assertThat(allows("arn:aws:ecr:::" + stars, "arn:aws:ecr:::" + "a".repeat(100_000)))
                .isFalse();
        assertThat(allows("arn:aws:ecr:::" + stars, "arn:aws:ecr:::" + "a".repeat(100_000) + "b"))
                .isTrue();
    }

    @Test
    void stars_and_question_marks_against_a_long_name_are_quick() {
        var stars = "*?".repeat(1000);

        assertThat(allows("arn:aws:ecr:::" + stars, "arn:aws:ecr:::" + "a".repeat(999)))
                .isFalse();
        assertThat(allows("arn:aws:ecr:::" + stars, "arn:aws:ecr:::" + "a".repeat(100_000)))
                .isTrue();
    }

    @Test
    void a_document_of_star_bombs_against_a_long_header_is_quick() {
        var bombs = IntStream.range(0, 50)
                .mapToObj(each -> "\"*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b" + each + "\"")
                .collect(Collectors.joining(","));
        var document = PolicyDocument.parse(
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\","
                        + "\"Condition\":{\"StringLike\":{\"aws:UserAgent\":[" + bombs + "]}}}}",
                PolicyKind.IDENTITY);

        assertThat(allows(document, "arn:aws:ecr:::x", Map.of("aws:UserAgent", List.of("a".repeat(100_000)))))
                .isFalse();
    }

    /// As many policies as a user can have, of runs that are almost there everywhere: 30 patterns of 2,000 characters
    /// against 30,000, 20 times. Where each character costs a run's length, that is minutes.
    @Test
    void long_runs_against_a_long_header_are_quick() {
        var run = "a".repeat(1_990);
        var patterns = IntStream.range(0, 30)
                .mapToObj(each -> "\"*" + run + each + "b*\"")
                .collect(Collectors.joining(","));
        var document = PolicyDocument.parse(
                "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\","
                        + "\"Condition\":{\"StringLike\":{\"aws:UserAgent\":[" + patterns + "]}}}}",
                PolicyKind.IDENTITY);
        var keys = Map.of("aws:UserAgent", List.of("a".repeat(30_000)));

        for (var each = 0; each < 20; each++) {
            assertThat(allows(document, "arn:aws:ecr:::x", keys)).isFalse();
        }
    }

    @Test
    void many_variables_of_long_values_are_quick() {
        var document = PolicyDocument.parse(
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":"
                        + "\"arn:aws:ecr:::" + "${a:b}*".repeat(250) + "\"}}",
                PolicyKind.IDENTITY);

        assertThat(allows(document, "arn:aws:ecr:::" + "x".repeat(2000), Map.of("a:b", List.of("x".repeat(256)))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "99999999999999999999999999999999999999999", "-", "", "0x10", "\uFF11"})
    void a_number_of_a_request_is_read_with_care(String number) {
        assertThat(Operands.number(number)).isEmpty();
    }

    private static void refused(String text) {
        assertThatThrownBy(() -> PolicyDocument.parse(text, PolicyKind.IDENTITY))
                .isInstanceOf(MalformedPolicyException.class);
    }

    private static String on(String resource) {
        return "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"" + resource + "\"}}";
    }

    private static boolean allows(String pattern, String resource) {
        return allows(PolicyDocument.parse(on(pattern), PolicyKind.IDENTITY), resource, Map.of());
    }

    private static boolean allows(PolicyDocument document, String resource, Map<String, List<String>> keys) {
        var ann = new Actor.User(
                new AccountId("111111111111"), "arn:aws:iam::111111111111:user/ann", "AIDAAAAAAAAAAAAAAAAAA");
        return new PolicySet(List.of(document), null, null)
                        .decide(new PolicyRequest(
                                ann,
                                "ecr:PutImage",
                                new Arn(resource),
                                new AccountId("111111111111"),
                                new ConditionKeys(keys)))
                instanceof Allowed;
    }
}
