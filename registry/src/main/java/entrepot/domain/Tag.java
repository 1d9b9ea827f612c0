package entrepot.domain;

import java.util.regex.Pattern;

/// A movable name for an image, such as `latest`. The grammar is that of the OCI distribution specification;
/// ECR's model allows more, ECR itself does not.
public record Tag(String name) implements Reference {

    /// As ECR's messages quote it.
    public static final String GRAMMAR = "[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}";

    private static final Pattern PATTERN = Pattern.compile(GRAMMAR);

    public Tag {
        if (!isTag(name)) {
            throw new RegistryException(new ImageError.InvalidTag(name));
        }
    }

    /// Whether the text is of a tag's grammar.
    public static boolean isTag(String text) {
        return PATTERN.matcher(text).matches();
    }

    @Override
    public String toString() {
        return name;
    }
}
