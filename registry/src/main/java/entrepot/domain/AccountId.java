package entrepot.domain;

/// An account: twelve digits, zeros in front among them. What ECR's API calls `registryId`.
///
/// Source: ECR's model, shape RegistryId.
public record AccountId(String value) {

    private static final int LENGTH = 12;

    /// A surface has refused before this what is none, in its own words.
    public AccountId {
        if (!isId(value)) {
            throw new IllegalArgumentException("not an account: " + value);
        }
    }

    public static boolean isId(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (var i = 0; i < LENGTH; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
