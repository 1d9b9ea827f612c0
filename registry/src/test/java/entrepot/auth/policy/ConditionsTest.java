package entrepot.auth.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.policy.Decision.Allowed;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.json.JsonMapper;

class ConditionsTest {

    private static final Map<String, List<String>> ALWAYS = Map.of(
            "aws:username", List.of("ann"),
            "aws:PrincipalTag/team", List.of("blue"),
            "aws:PrincipalTag/star", List.of("*"),
            "aws:TagKeys", List.of("a", "b"));

    static final List<Arguments> TABLE = table();

    private static final Actor ANN = new Actor.User(
            new AccountId("111111111111"), "arn:aws:iam::111111111111:user/ann", "AIDAAAAAAAAAAAAAAAAAA");

    @ParameterizedTest(name = "{0} {1} {2} for {3}: {4}")
    @FieldSource("TABLE")
    void a_condition_holds_as_the_table_says(
            String operator, String key, String policys, String requests, String holds) {
        var values = new HashMap<>(ALWAYS);
        if (!requests.equals("-")) {
            values.put(key, list(requests));
        }

        var decision = new PolicySet(List.of(allowing(operator, key, list(policys))), null, null)
                .decide(new PolicyRequest(
                        ANN, "ecr:PutImage", Arn.ANY, new AccountId("111111111111"), new ConditionKeys(values)));

        assertThat(decision instanceof Allowed ? "yes" : "no").isEqualTo(holds);
    }

    private static List<Arguments> table() {
        try (var file = ConditionsTest.class.getResourceAsStream("/policy/conditions.txt")) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> Arguments.of((Object[]) line.strip().split(" \\| ", -1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PolicyDocument allowing(String operator, String key, List<String> values) {
        var statement = Map.of(
                "Effect", "Allow", "Action", "*", "Resource", "*", "Condition", Map.of(operator, Map.of(key, values)));
        return PolicyDocument.parse(
                new JsonMapper().writeValueAsString(Map.of("Version", "2012-10-17", "Statement", statement)),
                PolicyKind.IDENTITY);
    }

    private static List<String> list(String values) {
        return Stream.of(values.split(";", -1)).map(String::strip).toList();
    }
}
