package entrepot.operation.registry;

import static entrepot.operation.World.ID;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.operation.World;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// PutRegistryPolicy, GetRegistryPolicy and DeleteRegistryPolicy.
class RegistryPolicyTest {

    private static final String RESOURCE = "arn:aws:ecr:eu-west-1:123456789012:repository/*";
    private static final String LAID_OUT = """
            {
              "Version" : "2012-10-17",
              "Statement" : [ {
                "Sid" : "a",
                "Effect" : "Allow",
                "Principal" : {
                  "AWS" : "arn:aws:iam::999999999999:root"
                },
                "Action" : "ecr:ReplicateImage",
                "Resource" : "%s"
              } ]
            }""".formatted(RESOURCE);

    @AutoClose
    private final World world = World.withApp();

    @Test
    void a_policy_comes_back_as_ecr_lays_it_out() {
        var sent = LAID_OUT.replace("\n", "").replace(" ", "");

        assertThat(put(sent)).isEqualTo(new PutRegistryPolicy.Output(ID.account(), LAID_OUT));
        assertThat(policy()).isEqualTo(LAID_OUT);
    }

    @Test
    void a_deleted_policy_is_answered_once_more_and_gone() {
        put(LAID_OUT);

        assertThat(delete()).isEqualTo(new DeleteRegistryPolicy.Output(ID.account(), LAID_OUT));

        var gone = "RegistryPolicyNotFoundException: Registry policy does not exist in the registry with id"
                + " '123456789012'";
        assertThat(refusal(this::policy)).isEqualTo(gone);
        assertThat(refusal(this::delete)).isEqualTo(gone);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"ecr:*\"}]}",
                "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"ecr:*\",\"Resource\":\"*\"}]}"
            })
    void what_is_no_policy_of_a_registry_is_refused_in_ecrs_words(String text) {
        assertThat(refusal(() -> put(text))).isEqualTo(invalid("Invalid registry policy provided"));
    }

    @Test
    void users_of_accounts_that_are_hosted_here_must_exist() {
        world.user(ID.account(), "ann");
        put(LAID_OUT.replace("999999999999:root", "123456789012:user/ann"));

        assertThat(refusal(() -> put(LAID_OUT.replace("999999999999:root", "123456789012:user/bob"))))
                .isEqualTo(invalid("Principal not found"));
        assertThat(put(LAID_OUT.replace(":root", ":user/bob")).policyText()).contains("user/bob");
    }

    @Test
    void the_accounts_root_can_take_back_what_denies_everybody_everything() {
        put("{\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"ecr:*\",\"Resource\":\"*\"}]}");

        assertThat(refusal(() -> world.call(new DescribeRegistry(world.metadata), new DescribeRegistry.Input())))
                .endsWith("on resource: * with an explicit deny in a resource-based policy");
        assertThat(policy()).contains("Deny");
        put(LAID_OUT);
        delete();
    }

    private PutRegistryPolicy.Output put(String text) {
        return world.call(new PutRegistryPolicy(world.metadata), new PutRegistryPolicy.Input(text));
    }

    private String policy() {
        return world.call(new GetRegistryPolicy(world.metadata), new GetRegistryPolicy.Input())
                .policyText();
    }

    private DeleteRegistryPolicy.Output delete() {
        return world.call(new DeleteRegistryPolicy(world.metadata), new DeleteRegistryPolicy.Input());
    }

    private static String invalid(String constraint) {
        return "InvalidParameterException: Invalid parameter at 'PolicyText' failed to satisfy constraint: '%s'"
                .formatted(constraint);
    }
}
