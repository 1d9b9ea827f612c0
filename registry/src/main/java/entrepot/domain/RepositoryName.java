package entrepot.domain;

import java.util.regex.Pattern;

/// A repository's name within one registry, such as `team/service`: 2 to 256 characters.
///
/// Source: ECR's model, shape RepositoryName; the grammar is also that of the OCI distribution specification.
public record RepositoryName(String value) {

    /// As ECR's messages quote it.
    public static final String GRAMMAR = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*";

    private static final Pattern PATTERN = Pattern.compile(GRAMMAR);

    public RepositoryName {
        if (!isName(value)) {
            throw new RegistryException(new RepositoryError.InvalidRepositoryName(value));
        }
    }

    public static boolean isName(String text) {
        return text.length() >= 2
                && text.length() <= 256
                && PATTERN.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
