package entrepot.operation.signing;

import static entrepot.operation.World.refusal;
import static entrepot.signing.SignedWorld.CI;
import static entrepot.signing.SignedWorld.QA;
import static entrepot.signing.SignedWorld.rule;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.RepositoryName;
import entrepot.domain.SigningProfileArn;
import entrepot.domain.SigningRules;
import entrepot.operation.World;
import entrepot.operation.signing.SigningConfigurationView.RuleView;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningConfigurationTest {

    private static final String NONE =
            "SigningConfigurationNotFoundException: Signing configuration does not exist in the registry with id '123456789012'";

    @AutoClose
    private final World world = World.withApp();

    private List<RuleView> put(RuleView... rules) {
        var input = new PutSigningConfiguration.Input(new SigningConfigurationView(List.of(rules)));
        return world.call(world.the(PutSigningConfiguration.class), input)
                .signingConfiguration()
                .rules();
    }

    private GetSigningConfiguration.Output get() {
        return world.call(world.the(GetSigningConfiguration.class), new GetSigningConfiguration.Input());
    }

    private DeleteSigningConfiguration.Output delete() {
        return world.call(world.the(DeleteSigningConfiguration.class), new DeleteSigningConfiguration.Input());
    }

    @Test
    void rules_are_told_as_they_were_put_and_take_the_place_of_those_before() {
        assertThat(put(rule(CI))).containsExactly(rule(CI));
        assertThat(put(rule(QA, "team/*", "*"), rule(CI))).containsExactly(rule(QA, "team/*", "*"), rule(CI));
        assertThat(get().signingConfiguration().rules()).containsExactly(rule(QA, "team/*", "*"), rule(CI));
        assertThat(get().registryId()).isEqualTo(World.ID.account());
    }

    @Test
    void a_configuration_without_rules_is_one() {
        assertThat(put()).isEmpty();
        assertThat(get().signingConfiguration().rules()).isEmpty();
    }

    @Test
    void one_that_is_deleted_is_told_once_more() {
        put(rule(CI));
        assertThat(delete().signingConfiguration().rules()).containsExactly(rule(CI));
        assertThat(refusal(this::get)).isEqualTo(NONE);
        assertThat(refusal(this::delete)).isEqualTo(NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:signer:eu-central-1:123456789012:/signing-profiles/ci",
                "arn:aws-cn:signer:eu-west-1:123456789012:/signing-profiles/ci"
            })
    void a_profile_is_of_the_registrys_region(String profile) {
        assertThat(refusal(() -> put(rule(profile))))
                .startsWith("InvalidParameterException: Invalid parameter at 'signingProfileArn'");
        assertThat(refusal(this::get)).isEqualTo(NONE);
    }

    @Test
    void a_profile_may_be_another_accounts() {
        var other = rule("arn:aws:signer:eu-west-1:999999999999:/signing-profiles/ci");
        assertThat(put(other)).containsExactly(other);
    }

    /// Whole names, with `*` for any number of characters.
    @ParameterizedTest
    @CsvSource({
        "myapp/*,      myapp/a,          true",
        "myapp/*,      myapp/a/b,        true",
        "myapp/*,      myapp,            false",
        "myapp/*,      our/myapp/a,      false",
        "*/production, a/b/production,   true",
        "*/production, production,       false",
        "*/production, a/production-old, false",
        "*prod*,       prod,             true",
        "*prod*,       my-prod-app,      true",
        "prod,         prod,             true",
        "prod,         my-prod,          false",
        "*,            anything/at/all,  true",
        "a*b*c,        a1b2c,            true",
        "a*b*c,        a1c,              false"
    })
    void a_filter_is_for_whole_names(String filter, String name, boolean isFor) {
        var rules = new SigningRules(List.of(new SigningRules.Rule(new SigningProfileArn(CI), List.of("x", filter))));
        assertThat(!rules.profiles(new RepositoryName(name)).isEmpty()).isEqualTo(isFor);
    }

    @Test
    void each_profile_counts_once() {
        var ci = new SigningProfileArn(CI);
        var rules = new SigningRules(
                List.of(new SigningRules.Rule(ci, List.of()), new SigningRules.Rule(ci, List.of("a*"))));
        assertThat(rules.profiles(World.APP)).containsExactly(ci);
    }
}
