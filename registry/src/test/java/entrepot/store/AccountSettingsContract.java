package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import entrepot.domain.AccountSetting;
import entrepot.domain.RegistryId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

public abstract class AccountSettingsContract extends TablesContract {

    private String value(RegistryId registry, AccountSetting setting) {
        return store().read(tx -> tx.accountSettings().value(registry, setting));
    }

    @ParameterizedTest
    @EnumSource
    void a_setting_that_was_never_put_has_its_default(AccountSetting setting) {
        assertThat(value(REGISTRY, setting)).isEqualTo(setting.byDefault());
    }

    @Test
    void a_setting_is_of_one_registry_which_need_not_have_been_there() {
        write(tx -> tx.accountSettings().put(REGISTRY, AccountSetting.REGISTRY_POLICY_SCOPE, "V1"));

        assertThat(value(REGISTRY, AccountSetting.REGISTRY_POLICY_SCOPE)).isEqualTo("V1");
        assertThat(value(REGISTRY, AccountSetting.BLOB_MOUNTING)).isEqualTo("ENABLED");
        assertThat(value(new RegistryId(REGISTRY.account(), "us-east-1"), AccountSetting.REGISTRY_POLICY_SCOPE))
                .isEqualTo("V2");
        assertThat(value(REGISTRY.ofAccount(new AccountId("210987654321")), AccountSetting.REGISTRY_POLICY_SCOPE))
                .isEqualTo("V2");
    }

    @Test
    void the_last_value_holds() {
        repository("app");
        write(tx -> tx.accountSettings().put(REGISTRY, AccountSetting.BLOB_MOUNTING, "DISABLED"));
        write(tx -> tx.accountSettings().put(REGISTRY, AccountSetting.BLOB_MOUNTING, "ENABLED"));
        write(tx -> tx.accountSettings().put(REGISTRY, AccountSetting.BLOB_MOUNTING, "DISABLED"));

        assertThat(value(REGISTRY, AccountSetting.BLOB_MOUNTING)).isEqualTo("DISABLED");
    }

    @Test
    void a_put_counts_as_a_change_of_access() {
        var before = store().accessChanges();

        write(tx -> tx.accountSettings().put(REGISTRY, AccountSetting.REGISTRY_POLICY_SCOPE, "V1"));

        assertThat(store().accessChanges()).isGreaterThan(before);
    }
}
