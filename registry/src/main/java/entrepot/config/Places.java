package entrepot.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where in a file its keys are.
///
/// @param lines by key, from 1
record Places(@Nullable Path file, Map<String, Integer> lines) {

    static final Places NONE = new Places(null, Map.of());

    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)*");

    /// What came from elsewhere is named as it is spelt there.
    private static final Pattern ELSEWHERE = Pattern.compile("(?s)(ENTREPOT_|--|unknown key: ENTREPOT_).*");

    Places {
        lines = Map.copyOf(lines);
    }

    /// The same with the file and the line in front, where the message names a key that is in the file, or begins
    /// there.
    ConfigException of(ConfigException problem) {
        var text = problem.getMessage();
        return ELSEWHERE.matcher(text).matches()
                ? problem
                : KEY.matcher(text)
                        .results()
                        .map(match -> match.group())
                        .flatMap(key -> line(key).stream())
                        .findFirst()
                        .map(line -> new ConfigException("%s:%d: %s".formatted(file, line, text)))
                        .orElse(problem);
    }

    /// What is refused with these words, with the file in front at least.
    ConfigException in(String words) {
        var problem = new ConfigException(words);
        var located = of(problem);
        return located == problem ? new ConfigException("%s: %s".formatted(file, words)) : located;
    }

    /// Of the key, or of what it is in.
    private Optional<Integer> line(String key) {
        return Stream.iterate(key, each -> !each.isEmpty(), Places::parent)
                .flatMap(each -> Optional.ofNullable(lines.get(each)).stream())
                .findFirst();
    }

    private static String parent(String key) {
        return key.substring(0, Math.max(0, key.lastIndexOf('.')));
    }
}
