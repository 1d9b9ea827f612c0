package entrepot.auth.policy;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Finds which statements of a document decide a request. Each is asked as a document of its own, so that what
/// is told is what is decided by.
///
/// @param alone each statement of the document, in their order
public record Deciding(List<PolicyDocument> alone) {

    private static final String STATEMENT = "Statement";

    /// Of a document's text.
    ///
    /// @throws MalformedPolicyException if the text is no document of this kind
    public static Deciding of(String text, PolicyKind kind) {
        var document = PolicyJson.read(text);
        return new Deciding(statements(document).stream()
                .map(statement -> alone(document, statement, kind))
                .toList());
    }

    /// The places of those that deny it, from 0.
    public List<Integer> denying(PolicyRequest request) {
        return places(statement -> statement.denies(request));
    }

    /// The places of those that allow it, from 0.
    public List<Integer> allowing(PolicyRequest request) {
        return places(statement -> statement.grants(request) != Match.NONE);
    }

    private List<Integer> places(Predicate<PolicyDocument> applies) {
        return IntStream.range(0, alone.size())
                .filter(place -> applies.test(alone.get(place)))
                .boxed()
                .toList();
    }

    /// The statement at a place, laid out for people.
    public static String statement(String text, int place) {
        return statements(PolicyJson.read(text)).get(place) instanceof Map<?, ?> statement
                ? PolicyJson.pretty(statement)
                : "";
    }

    private static PolicyDocument alone(Map<?, ?> document, Object statement, PolicyKind kind) {
        return new DocumentParser(kind)
                .parse(
                        document.containsKey("Version")
                                ? Map.of("Version", document.get("Version"), STATEMENT, List.of(statement))
                                : Map.of(STATEMENT, List.of(statement)));
    }

    private static List<?> statements(Map<?, ?> document) {
        var all = document.get(STATEMENT);
        return all instanceof List<?> list ? list : List.of(all);
    }
}
