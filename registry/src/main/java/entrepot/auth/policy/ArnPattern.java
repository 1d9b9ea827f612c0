package entrepot.auth.policy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// An ARN in a condition: each of its six parts is compared by itself, so that no wildcard reaches over a colon but
/// in the last. A single `*` is any ARN.
record ArnPattern(Template template) implements Operand {

    private static final int PARTS = 6;

    @Override
    public boolean matches(String value, ConditionKeys keys) {
        var parts = List.of(value.split(":", PARTS));
        return value.startsWith("arn:")
                && parts.size() == PARTS
                && template.fill(keys).filter(glob -> matches(glob, parts)).isPresent();
    }

    @Override
    public Stream<String> variables() {
        return template.variables();
    }

    private static boolean matches(Glob glob, List<String> parts) {
        var globs = glob.split(PARTS);
        return glob.isAnything()
                || (globs.size() == PARTS
                        && IntStream.range(0, PARTS)
                                .allMatch(part -> globs.get(part).matches(parts.get(part), false)));
    }
}
