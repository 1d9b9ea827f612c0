package entrepot.domain;

import java.util.regex.Pattern;

/// An account: twelve digits, zeros in front among them. What ECR's API calls `registryId`.
///
/// Source: ECR's model, shape RegistryId.
public record AccountId(String value) {

    private static final Pattern PATTERN = Pattern.compile("[0-9]{12}");

    /// A surface has refused before this what is none, in its own words.
    public AccountId {
        if (!isId(value)) {
            throw new IllegalArgumentException("not an account: " + value);
        }
    }

    public static boolean isId(String text) {
        return PATTERN.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
