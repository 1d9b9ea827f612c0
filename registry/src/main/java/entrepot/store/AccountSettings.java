package entrepot.store;

import entrepot.domain.AccountSetting;
import entrepot.domain.RegistryId;

/// The settings of all registries.
public interface AccountSettings {

    /// The setting's default, where it was never put.
    String value(RegistryId registry, AccountSetting setting);

    /// Writes a value that the setting may have. One of [MetadataStore#accessChanges], since what a registry's policy
    /// is about is a setting.
    void put(RegistryId registry, AccountSetting setting, String value);
}
