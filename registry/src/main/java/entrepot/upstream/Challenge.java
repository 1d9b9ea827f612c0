package entrepot.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an answer of status 401 asks for. Source: RFC 9110, 11.6.1.
///
/// @param scheme lower case
/// @param parameters by their names in lower case
record Challenge(String scheme, Map<String, String> parameters) {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern SCHEME = Pattern.compile("[ \\t,]*(" + TOKEN + ")(?:[ \\t]+|$|(?=,))(?!=)");
    private static final Pattern PARAMETER = Pattern.compile(
            "[ \\t,]*(" + TOKEN + ")[ \\t]*=[ \\t]*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|(" + TOKEN + "))[ \\t]*(?=,|$)");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    /// All of them, in order, as far as they can be read.
    static List<Challenge> parse(List<String> fields) {
        var all = new ArrayList<Challenge>();
        fields.forEach(field -> parse(field, all));
        return all;
    }

    private static void parse(String field, List<Challenge> all) {
        var scheme = SCHEME.matcher(field);
        var parameter = PARAMETER.matcher(field);
        for (var at = 0;
                at < field.length() && scheme.region(at, field.length()).lookingAt(); ) {
            var parameters = new TreeMap<String, String>();
            at = scheme.end();
            while (parameter.region(at, field.length()).lookingAt()) {
                parameters.putIfAbsent(
                        parameter.group(1).toLowerCase(Locale.ROOT), value(parameter.group(2), parameter.group(3)));
                at = parameter.end();
            }
            all.add(new Challenge(scheme.group(1).toLowerCase(Locale.ROOT), parameters));
        }
    }

    private static String value(@Nullable String quoted, String plain) {
        return quoted == null ? plain : ESCAPE.matcher(quoted).replaceAll("$1");
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    static Optional<Challenge> of(List<Challenge> all, String scheme) {
        return all.stream().filter(one -> one.scheme().equals(scheme)).findFirst();
    }
}
