package entrepot.config;

import entrepot.domain.ScannerDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What holds where nothing is configured, as a configuration that says all of it.
public final class Defaults {

    private static final String HEAD = """
            # What holds where nothing is configured. Keys without a value of their own stand behind a #.
            # accounts, events and replication.peers are lists; README.md tells what is in them.
            """;

    private Defaults() {}

    /// A file in YAML with every key.
    public static String yaml() {
        var groups = new TreeMap<String, Map<String, @Nullable Object>>();
        var sources = Config.keys();
        for (var key : sources.known()) {
            var point = key.indexOf('.');
            groups.computeIfAbsent(key.substring(0, Math.max(0, point)), _ -> new TreeMap<>())
                    .put(key.substring(point + 1), sources.usual(key));
        }
        return HEAD
                + groups.entrySet().stream()
                        .map(group -> group(group.getKey(), group.getValue()))
                        .collect(Collectors.joining());
    }

    private static String group(String name, Map<String, @Nullable Object> keys) {
        var indent = name.isEmpty() ? "" : "  ";
        var head = name.isEmpty() ? "" : mark(keys.values().stream().anyMatch(value -> value != null)) + name + ":\n";
        return keys.entrySet().stream()
                .map(entry -> indent + line(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("", head, ""));
    }

    private static String line(String key, @Nullable Object value) {
        return value == null ? mark(false) + key + ":\n" : "%s: %s\n".formatted(key, text(value));
    }

    private static String mark(boolean isSaid) {
        return isSaid ? "" : "# ";
    }

    /// As the key's reader takes it.
    private static String text(Object value) {
        return switch (value) {
            case Duration duration -> Durations.text(duration);
            case Collection<?> list -> list.stream().map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map -> text(List.copyOf(map.keySet()));
            case Path path -> quoted(path.toString());
            case ScannerDatabase database -> quoted(database.toString());
            case String text -> quoted(text);
            case Enum<?> word -> word.name().toLowerCase(Locale.ROOT);
            case Record kind -> kind.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            default -> value.toString();
        };
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
