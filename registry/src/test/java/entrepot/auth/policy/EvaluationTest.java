package entrepot.auth.policy;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.policy.Decision.Allowed;
import entrepot.auth.policy.Decision.Denied;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluationTest {

    private static final List<Example> EXAMPLES = Example.all();

    static List<Example> examples() {
        return EXAMPLES;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void decides_as_the_example_says(Example example) {
        assertThat(outcome(example.decide())).isEqualTo(example.then());
    }

    private static String outcome(Decision decision) {
        return switch (decision) {
            case Allowed _ -> "allowed";
            case Denied denied ->
                switch (denied.reason()) {
                    case EXPLICIT_IDENTITY -> "denied by an identity policy";
                    case EXPLICIT_RESOURCE -> "denied by a resource policy";
                    case IMPLICIT_IDENTITY -> "no identity policy allows";
                    case IMPLICIT_RESOURCE -> "no resource policy allows";
                };
        };
    }

    @Test
    void the_examples_have_names_of_their_own() {
        assertThat(examples()).extracting(Example::example).doesNotHaveDuplicates();
    }

    @Test
    void a_denial_ends_as_aws_words_it() {
        assertThat(List.of(Decision.Reason.values()))
                .extracting(reason -> new Denied(reason, "ecr:PutImage").because())
                .containsExactly(
                        "with an explicit deny in an identity-based policy",
                        "with an explicit deny in a resource-based policy",
                        "because no identity-based policy allows the ecr:PutImage action",
                        "because no resource-based policy allows the ecr:PutImage action");
    }
}
