package entrepot.auth.policy;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.policy.Decision.Allowed;
import entrepot.domain.Arn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import tools.jackson.databind.json.JsonMapper;

class ConditionsTest {

    private static final Map<String, List<String>> ALWAYS = Map.of(
            "aws:username", List.of("ann"),
            "aws:PrincipalTag/team", List.of("blue"),
            "aws:PrincipalTag/star", List.of("*"),
            "aws:TagKeys", List.of("a", "b"));

    private static final Actor ANN = new Actor.User("111111111111", "arn:aws:iam::111111111111:user/ann");

    @ParameterizedTest(name = "{0} {1} {2} for {3}: {4}")
    @CsvFileSource(resources = "/policy/conditions.txt", delimiter = '|', quoteCharacter = '~')
    void a_condition_holds_as_the_table_says(
            String operator, String key, String policys, String requests, String holds) {
        var values = new HashMap<>(ALWAYS);
        if (!requests.equals("-")) {
            values.put(key, list(requests));
        }

        var decision = new Policies(List.of(allowing(operator, key, list(policys))), null, null)
                .decide(new RequestContext(ANN, "ecr:PutImage", Arn.ANY, "111111111111", new ConditionKeys(values)));

        assertThat(decision instanceof Allowed ? "yes" : "no").isEqualTo(holds);
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
