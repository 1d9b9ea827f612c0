package entrepot.domain;

import java.util.Arrays;
import java.util.List;

/// A setting of a registry, with the values that it may have; the first one is what a new registry has.
///
/// Source: ECR API, PutAccountSetting; ECR user guide, "Private registry settings".
public enum AccountSetting {

    /// What scans images. ECR has withdrawn `CLAIR`.
    BASIC_SCAN_TYPE_VERSION("AWS_NATIVE"),

    /// Whether the registry's policy is about all actions (`V2`) or about those that ECR first had.
    REGISTRY_POLICY_SCOPE("V2", "V1"),

    /// Whether a layer of one repository may be taken into another one. ECR's own default is `DISABLED`.
    BLOB_MOUNTING("ENABLED", "DISABLED");

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final List<String> values;

    AccountSetting(String... values) {
        this.values = List.of(values);
    }

    /// Fails with a refusal if there is no such setting.
    public static AccountSetting named(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow(() -> refused("name", List.of(values())));
    }

    /// What holds where nobody has set anything.
    public String byDefault() {
        return values.getFirst();
    }

    /// Fails if this setting has no such value.
    public void require(String value) {
        if (!values.contains(value)) {
            throw refused("value", values);
        }
    }

    private static RegistryException refused(String parameter, List<?> allowed) {
        return new RegistryException(
                new JsonAloneError.InvalidParameter(parameter, "Member must satisfy enum value set: " + allowed));
    }
}
