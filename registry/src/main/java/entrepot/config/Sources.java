package entrepot.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Values of keys from three sources. A key is known once it was asked for, so that what is asked for and what is
/// allowed cannot differ. A blank value counts as not set.
final class Sources {

    private static final String PREFIX = "ENTREPOT_";

    /// Names the file itself, and so is no key.
    private static final String FILE = PREFIX + "CONFIG";

    private record Value(String text, String name) {}

    private final Map<String, String> flags;
    private final Map<String, String> environment;
    private final Map<String, String> file;
    private final Set<String> known = new TreeSet<>();
    private final Set<String> secrets = new TreeSet<>();
    private final Map<String, Object> usual = new HashMap<>();
    private final Consumer<ConfigException> refusals;

    /// Whose first bad value ends the reading.
    Sources(Map<String, String> flags, Map<String, String> environment, Map<String, String> file) {
        this(flags, environment, file, refusal -> {
            throw refusal;
        });
    }

    /// @param refusals is told of bad values, which count as not set if it returns
    Sources(
            Map<String, String> flags,
            Map<String, String> environment,
            Map<String, String> file,
            Consumer<ConfigException> refusals) {
        this.flags = flags;
        this.environment = environment;
        this.file = file;
        this.refusals = refusals;
    }

    /// Parses a value with a function that throws IllegalArgumentException, whose message says what would do.
    <T> Optional<T> optional(String key, Function<String, T> parse) {
        return find(key).flatMap(value -> {
            try {
                return Optional.of(parse.apply(value.text()));
            } catch (IllegalArgumentException e) {
                refusals.accept(refused(value, e));
            } catch (ConfigException e) {
                refusals.accept(e);
            }
            return Optional.empty();
        });
    }

    /// From the variable of this key, or from the file that the key with `-file` names; the key itself is none, so that
    /// no secret is ever in a file with other things.
    Optional<Secret> secret(String key) {
        var variable = variable(key);
        secrets.add(variable);
        var file = key + "-file";
        var inFile = optional(file, Path::of).<Secret>map(path -> new Secret.InFile(path, file));
        return value(environment, variable, variable)
                .<Secret>map(value -> new Secret.InVariable(value.text(), variable))
                .or(() -> inFile);
    }

    <T> T value(String key, T otherwise, Function<String, T> parse) {
        usual.put(key, otherwise);
        return optional(key, parse).orElse(otherwise);
    }

    String text(String key, String otherwise, String form, Predicate<String> isGood) {
        return value(key, otherwise, text -> checked(text, form, isGood));
    }

    /// In a file a list, elsewhere with commas between.
    Set<String> list(String key, String form, Predicate<String> isGood) {
        return value(key, Set.of(), text -> split(text, form, isGood));
    }

    boolean flag(String key, boolean otherwise) {
        return value(key, otherwise, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        });
    }

    int limit(String key, int otherwise) {
        return number(key, otherwise, 1, Integer.MAX_VALUE);
    }

    long limit(String key, long otherwise) {
        return number(key, otherwise, 1, Long.MAX_VALUE);
    }

    int number(String key, int otherwise, int least, int most) {
        return Math.toIntExact(number(key, (long) otherwise, least, most));
    }

    long number(String key, long otherwise, long least, long most) {
        return value(key, otherwise, text -> inRange(text, least, most));
    }

    /// Fails if a source has a key that nobody asked for.
    void refuseUnknown() {
        var unknown = unknown();
        if (!unknown.isEmpty()) {
            throw unknown(unknown);
        }
    }

    /// Keys that a source has and nobody asked for, those of the file or the flags before variables.
    List<String> unknown() {
        var variables = known.stream().map(Sources::variable).collect(Collectors.toCollection(HashSet::new));
        variables.add(FILE);
        variables.addAll(secrets);
        var given = new TreeSet<>(flags.keySet());
        given.addAll(file.keySet());
        given.removeAll(known);
        return Stream.concat(
                        given.stream(),
                        environment.keySet().stream()
                                .filter(name -> name.startsWith(PREFIX) && !variables.contains(name))
                                .sorted())
                .toList();
    }

    /// What these keys are refused with, which says what there is in the place of the first.
    ConfigException unknown(List<String> keys) {
        var first = keys.getFirst();
        var others = Items.beside(first, known);
        var hint = first.startsWith(PREFIX) || others.isEmpty() ? "" : "; there are " + String.join(", ", others);
        return new ConfigException("unknown key: " + String.join(", ", keys) + hint);
    }

    /// These are known, whoever asks for them.
    void know(Sources other) {
        known.addAll(other.known);
        secrets.addAll(other.secrets);
    }

    /// What a key's value is where nobody says any; null for none.
    @Nullable
    Object usual(String key) {
        return usual.get(key);
    }

    Set<String> known() {
        return Collections.unmodifiableSet(known);
    }

    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    private Optional<Value> find(String key) {
        known.add(key);
        var variable = variable(key);
        return value(flags, key, "--" + key)
                .or(() -> value(environment, variable, variable))
                .or(() -> value(file, key, key));
    }

    private static Optional<Value> value(Map<String, String> source, String key, String name) {
        return Optional.ofNullable(source.get(key))
                .filter(text -> !text.isBlank())
                .map(text -> new Value(text.strip(), name));
    }

    private static Set<String> split(String text, String form, Predicate<String> isGood) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .map(item -> checked(item, form, isGood))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String checked(String text, String form, Predicate<String> isGood) {
        if (!isGood.test(text)) {
            throw new IllegalArgumentException("must be " + form);
        }
        return text;
    }

    static int port(String text) {
        return Math.toIntExact(inRange(text, 0, 65_535));
    }

    private static long inRange(String text, long least, long most) {
        try {
            var number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, in the same words
        }
        throw new IllegalArgumentException("must be a whole number from %d to %d".formatted(least, most));
    }

    private static ConfigException refused(Value value, IllegalArgumentException form) {
        return new ConfigException(
                "%s: %s is not allowed; it %s".formatted(value.name(), value.text(), form.getMessage()));
    }
}
