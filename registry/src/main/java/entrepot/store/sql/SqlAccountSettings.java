package entrepot.store.sql;

import entrepot.domain.AccountSetting;
import entrepot.domain.RegistryId;
import entrepot.store.AccountSettings;

/// Table `account_setting`.
record SqlAccountSettings(Sql sql) implements AccountSettings {

    private static final String REGISTRY = "(select id from registry where account = ? and region = ?)";

    @Override
    public String value(RegistryId registry, AccountSetting setting) {
        return sql.one(
                        "select value from account_setting where registry = " + REGISTRY + " and name = ?",
                        row -> row.getString(1),
                        registry.account(),
                        registry.region(),
                        setting.name())
                .orElse(setting.byDefault());
    }

    @Override
    public void put(RegistryId registry, AccountSetting setting, String value) {
        SqlRepositories.makeRegistry(sql, registry);
        sql.changingAccess()
                .update(
                        "insert into account_setting (registry, name, value) values (" + REGISTRY + ", ?, ?)"
                                + " on conflict (registry, name) do update set value = excluded.value",
                        registry.account(),
                        registry.region(),
                        setting.name(),
                        value);
    }
}
