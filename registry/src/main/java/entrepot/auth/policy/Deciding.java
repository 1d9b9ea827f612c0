package entrepot.auth.policy;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Finds which statements of a document decide a request. Each is asked as a document of its own, so that what
/// is told is what is decided by.
public final class Deciding {

    private static final String STATEMENT = "Statement";

    private Deciding() {}

    /// The places of those that deny it, from 0.
    ///
    /// @throws MalformedPolicyException if the text is no document of this kind
    public static List<Integer> denying(String text, PolicyKind kind, PolicyRequest request) {
        return places(text, kind, request, Effect.DENY);
    }

    /// The places of those that allow it, from 0.
    ///
    /// @throws MalformedPolicyException if the text is no document of this kind
    public static List<Integer> allowing(String text, PolicyKind kind, PolicyRequest request) {
        return places(text, kind, request, Effect.ALLOW);
    }

    /// The statement at a place, laid out for people.
    public static String statement(String text, int place) {
        return statements(PolicyJson.read(text)).get(place) instanceof Map<?, ?> statement
                ? PolicyJson.pretty(statement)
                : "";
    }

    private static List<Integer> places(String text, PolicyKind kind, PolicyRequest request, Effect effect) {
        var document = PolicyJson.read(text);
        var statements = statements(document);
        return IntStream.range(0, statements.size())
                .filter(place -> applies(alone(document, statements.get(place), kind), request, effect))
                .boxed()
                .toList();
    }

    private static boolean applies(PolicyDocument alone, PolicyRequest request, Effect effect) {
        return effect == Effect.DENY ? alone.denies(request) : alone.grants(request) != Match.NONE;
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
