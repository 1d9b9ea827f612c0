package entrepot.operation.registry;

import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.operation.World;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// PutAccountSetting and GetAccountSetting.
class AccountSettingsTest {

    @AutoClose
    private final World world = World.withApp();

    private GetAccountSetting.Output get(String name) {
        return world.call(new GetAccountSetting(world.metadata), new GetAccountSetting.Input(name));
    }

    private PutAccountSetting.Output put(String name, String value) {
        return world.call(new PutAccountSetting(world.metadata), new PutAccountSetting.Input(name, value));
    }

    @ParameterizedTest
    @CsvSource({
        "BASIC_SCAN_TYPE_VERSION, AWS_NATIVE, AWS_NATIVE",
        "REGISTRY_POLICY_SCOPE, V2, V1",
        "REGISTRY_POLICY_SCOPE, V2, V2",
        "BLOB_MOUNTING, ENABLED, DISABLED",
        "BLOB_MOUNTING, ENABLED, ENABLED"
    })
    void a_setting_has_a_default_and_then_what_was_put(String name, String standard, String value) {
        assertThat(get(name)).isEqualTo(new GetAccountSetting.Output(name, standard));
        assertThat(put(name, value)).isEqualTo(new PutAccountSetting.Output(name, value));
        assertThat(get(name)).isEqualTo(new GetAccountSetting.Output(name, value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            BASIC_SCAN_TYPE_VERSION | CLAIR    | AWS_NATIVE
            BASIC_SCAN_TYPE_VERSION | V1       | AWS_NATIVE
            REGISTRY_POLICY_SCOPE   | V3       | V2, V1
            BLOB_MOUNTING           | enabled  | ENABLED, DISABLED
            BLOB_MOUNTING           | ''       | ENABLED, DISABLED
            """)
    void a_value_that_the_setting_does_not_have_is_refused_and_changes_nothing(
            String name, String value, String allowed) {
        var before = get(name);
        assertThat(refusal(() -> put(name, value)))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'value' failed to satisfy constraint:"
                        + " 'Member must satisfy enum value set: [" + allowed + "]'");
        assertThat(get(name)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"blob_mounting", "BLOB_MOUNTING ", "X"})
    void a_setting_that_there_is_not_is_refused(String name) {
        var words = "InvalidParameterException: Invalid parameter at 'name' failed to satisfy constraint: 'Member must"
                + " satisfy enum value set: [BASIC_SCAN_TYPE_VERSION, REGISTRY_POLICY_SCOPE, BLOB_MOUNTING]'";
        assertThat(refusal(() -> get(name))).isEqualTo(words);
        assertThat(refusal(() -> put(name, "ENABLED"))).isEqualTo(words);
    }

    @Test
    void a_wrong_name_is_told_before_a_wrong_value() {
        assertThat(refusal(() -> put("X", "Y"))).contains("'name'");
    }
}
