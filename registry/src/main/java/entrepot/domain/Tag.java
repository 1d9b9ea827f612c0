package entrepot.domain;

/// A movable name for an image, such as `latest`. The grammar is that of the OCI distribution specification;
/// ECR's model allows more, ECR itself does not.
public record Tag(String name) implements Reference {

    /// As ECR's messages quote it.
    public static final String GRAMMAR = "[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}";

    private static final int LONGEST = 128;

    public Tag {
        if (!isTag(name)) {
            throw new RegistryException(new ImageError.InvalidTag(name));
        }
    }

    /// Whether the text is of a tag's grammar. A loop and no pattern: every push and pull asks.
    public static boolean isTag(String text) {
        if (text.isEmpty() || text.length() > LONGEST || !isWord(text.charAt(0))) {
            return false;
        }
        for (var i = 1; i < text.length(); i++) {
            var c = text.charAt(i);
            if (!isWord(c) && c != '.' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    @Override
    public String toString() {
        return name;
    }
}
