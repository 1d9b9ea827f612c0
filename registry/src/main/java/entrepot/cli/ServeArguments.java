package entrepot.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `serve` is asked for.
///
/// @param file the configuration; null for none
/// @param seedFile what the registry is to have before it listens; null for nothing
record ServeArguments(
        @Nullable String data,
        @Nullable String host,
        @Nullable String port,
        @Nullable Path file,
        @Nullable Path seedFile,
        Ephemeral ephemeral) {

    private static final String CONFIG_VARIABLE = "ENTREPOT_CONFIG";
    private static final Set<String> WITH_VALUE = Set.of("--data", "--host", "--port", "--config", "--seed");
    private static final Set<String> WITHOUT = Set.of("--ephemeral", "--root-key-from-env");

    /// Reads a command line that is `serve` and options written out, each once, as nearly all are. Empty for any other,
    /// which picocli reads, and refuses in its words, as it does paths that are none in the system's locale: to
    /// load it takes a third of the CPU of a start.
    static Optional<ServeArguments> plain(String[] arguments, Map<String, String> environment) {
        var values = new HashMap<String, String>();
        var config = environment.get(CONFIG_VARIABLE);
        var isPlain = arguments.length > 0 && arguments[0].equals("serve") && (config == null || !config.isBlank());
        for (int i = 1; i < arguments.length && isPlain; i++) {
            var name = arguments[i];
            if (WITHOUT.contains(name)) {
                isPlain = values.put(name, "") == null;
            } else {
                i++;
                isPlain = WITH_VALUE.contains(name)
                        && i < arguments.length
                        && isPlain(arguments[i])
                        && values.put(name, arguments[i]) == null;
            }
        }
        if (config != null) {
            values.putIfAbsent("--config", config);
        }
        return isPlain ? of(values) : Optional.empty();
    }

    /// Not what picocli takes for an option, a file of arguments, or nothing.
    private static boolean isPlain(String value) {
        return !value.isBlank() && "-@\"'".indexOf(value.charAt(0)) < 0;
    }

    private static Optional<ServeArguments> of(Map<String, String> values) {
        try {
            return Optional.of(new ServeArguments(
                    values.get("--data"),
                    values.get("--host"),
                    values.get("--port"),
                    path(values.get("--config")),
                    path(values.get("--seed")),
                    new Ephemeral(values.containsKey("--ephemeral"), values.containsKey("--root-key-from-env"))));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null ? null : Path.of(text);
    }

    /// Those that stand for keys of the configuration.
    Map<String, String> flags() {
        var flags = new LinkedHashMap<String, String>();
        put(flags, "data", data);
        put(flags, "host", host);
        put(flags, "port", port);
        return flags;
    }

    private static void put(Map<String, String> flags, String key, @Nullable String value) {
        if (value != null) {
            flags.put(key, value);
        }
    }
}
