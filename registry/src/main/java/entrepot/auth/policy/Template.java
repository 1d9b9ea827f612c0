package entrepot.auth.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A value of a policy with its variables still open, such as `arn:aws:ecr:*:*:repository/${aws:username}/*` (IAM
/// User Guide, "IAM policy elements: Variables and tags"). What a variable stands for is taken literally: a star in a
/// user's tag is no wildcard.
final class Template {

    private final List<Part> parts;

    private Template(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    private sealed interface Part {}

    private record Fixed(Glob glob) implements Part {}

    private record Variable(String key, @Nullable String fallback) implements Part {}

    /// @param variables whether the document's version has them
    static Template glob(String text, boolean variables) {
        return parse(text, variables, true);
    }

    /// The same without wildcards.
    static Template plain(String text, boolean variables) {
        return parse(text, variables, false);
    }

    private static Template parse(String text, boolean variables, boolean wildcards) {
        var parts = new ArrayList<Part>();
        var start = 0;
        for (var open = next(text, 0, variables); open >= 0; open = next(text, start, variables)) {
            var close = text.indexOf('}', open);
            if (close < 0) {
                throw malformed(text);
            }
            parts.add(fixed(text.substring(start, open), wildcards));
            parts.add(variable(text.substring(open + 2, close), text));
            start = close + 1;
        }
        parts.add(fixed(text.substring(start), wildcards));
        return new Template(parts);
    }

    private static int next(String text, int from, boolean variables) {
        return variables ? text.indexOf("${", from) : -1;
    }

    private static Part fixed(String text, boolean wildcards) {
        return new Fixed(wildcards ? Glob.of(text) : Glob.literal(text));
    }

    private static Part variable(String body, String whole) {
        if (body.equals("*") || body.equals("?") || body.equals("$")) {
            return new Fixed(Glob.literal(body));
        }
        var comma = body.indexOf(',');
        var key = (comma < 0 ? body : body.substring(0, comma)).strip();
        if (key.isEmpty() || key.contains("${")) {
            throw malformed(whole);
        }
        return new Variable(
                key, comma < 0 ? null : unquoted(body.substring(comma + 1).strip(), whole));
    }

    private static String unquoted(String text, String whole) {
        if (text.length() < 2 || !text.startsWith("'") || !text.endsWith("'")) {
            throw malformed(whole);
        }
        return text.substring(1, text.length() - 1);
    }

    private static MalformedPolicyException malformed(String text) {
        return new MalformedPolicyException("The policy variable in %s is malformed.".formatted(text));
    }

    /// The keys that it has variables of.
    Stream<String> variables() {
        return parts.stream()
                .filter(Variable.class::isInstance)
                .map(Variable.class::cast)
                .map(Variable::key);
    }

    /// Never true if a variable stands for nothing here.
    boolean matches(String text, boolean ignoringCase, ConditionKeys keys) {
        return fill(keys).filter(glob -> glob.matches(text, ignoringCase)).isPresent();
    }

    /// Empty if a variable has no value, or several, and no default.
    Optional<Glob> fill(ConditionKeys keys) {
        if (parts.size() == 1 && parts.getFirst() instanceof Fixed(Glob glob)) {
            return Optional.of(glob);
        }
        var globs = new ArrayList<Glob>();
        for (var part : parts) {
            var glob = fill(part, keys);
            if (glob.isEmpty()) {
                return glob;
            }
            globs.add(glob.get());
        }
        return Optional.of(Glob.join(globs));
    }

    private static Optional<Glob> fill(Part part, ConditionKeys keys) {
        return switch (part) {
            case Fixed(Glob glob) -> Optional.of(glob);
            case Variable(String key, @Nullable String fallback) ->
                keys.single(key).or(() -> Optional.ofNullable(fallback)).map(Glob::literal);
        };
    }
}
