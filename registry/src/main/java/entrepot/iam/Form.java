package entrepot.iam;

import entrepot.http.Query;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The parameters of a request, each of which is there once. None holds a character that XML cannot (XML 1.0, 2.2),
/// since a text may come back in an answer.
record Form(Map<String, String> parameters) {

    /// Fifty tags are a hundred.
    private static final int MOST = 1_000;

    private static final Pattern NOT_XML =
            Pattern.compile("[^\\t\\n\\r\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");

    /// Reads a query and a body, whose parameters count alike. Fails with a refusal if they are no form of an API's.
    ///
    /// @param body empty if it is no form
    static Form parse(String query, String body) {
        return parse(query.isEmpty() || body.isEmpty() ? query + body : query + "&" + body);
    }

    /// Fails with a refusal if it is no form of an API's.
    static Form parse(String text) {
        if (text.chars().filter(c -> c == '&').count() >= MOST) {
            throw QueryErrors.malformed("The request has more than %d parameters.".formatted(MOST));
        }
        var parameters = new LinkedHashMap<String, String>();
        for (var parameter : Query.parse(text).parameters()) {
            if (NOT_XML.matcher(parameter.name() + parameter.value()).find()) {
                throw QueryErrors.malformed("The request has a character that XML does not allow.");
            }
            if (parameters.put(parameter.name(), parameter.value()) != null) {
                throw QueryErrors.malformed("The parameter %s is there twice.".formatted(parameter.name()));
            }
        }
        return new Form(parameters);
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    @Nullable
    String get(String name) {
        return parameters.get(name);
    }

    /// Whether a parameter begins with this and a dot.
    boolean hasBelow(String name) {
        return parameters.keySet().stream().anyMatch(key -> key.startsWith(name + "."));
    }

    /// The names of a list's elements in the order of their numbers, `Tags.member.1` and so on.
    Iterable<String> elements(String list) {
        var prefix = list + ".member.";
        var elements = new TreeMap<Integer, String>();
        for (var name : parameters.keySet()) {
            if (name.startsWith(prefix)) {
                var number = name.substring(prefix.length()).split("\\.", 2)[0];
                if (!NUMBER.matcher(number).matches()) {
                    throw QueryErrors.malformed("The parameter %s has no number.".formatted(name));
                }
                elements.put(Integer.parseInt(number), prefix + number);
            }
        }
        return elements.values();
    }
}
