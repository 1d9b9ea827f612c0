package entrepot.domain;

/// A repository's name within one registry, such as `team/service`: 2 to 256 characters.
///
/// Source: ECR's model, shape RepositoryName; the grammar is also that of the OCI distribution specification.
public record RepositoryName(String value) {

    /// As ECR's messages quote it.
    public static final String GRAMMAR = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*";

    private static final int SHORTEST = 2;
    private static final int LONGEST = 256;

    public RepositoryName {
        if (!isName(value)) {
            throw new RegistryException(new RepositoryError.InvalidRepositoryName(value));
        }
    }

    /// A loop and no pattern: every request asks, and most of them twice.
    public static boolean isName(String text) {
        return text.length() >= SHORTEST && text.length() <= LONGEST && isOfGrammar(text);
    }

    /// Words, and one separator between two of them.
    private static boolean isOfGrammar(String text) {
        for (var at = 0; ; ) {
            var end = endOfWord(text, at);
            if (end == at || end == text.length()) {
                return end != at;
            }
            at = endOfSeparator(text, end);
            if (at == end) {
                return false;
            }
        }
    }

    private static int endOfWord(String text, int from) {
        var end = from;
        while (end < text.length() && isOfWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isOfWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    /// Of a slash, a dot, one or two underscores, or any number of hyphens.
    private static int endOfSeparator(String text, int from) {
        var separator = text.charAt(from);
        var most = switch (separator) {
            case '/', '.' -> 1;
            case '_' -> 2;
            case '-' -> LONGEST;
            default -> 0;
        };
        var end = from;
        while (end < text.length() && end < from + most && text.charAt(end) == separator) {
            end++;
        }
        return end;
    }

    @Override
    public String toString() {
        return value;
    }
}
