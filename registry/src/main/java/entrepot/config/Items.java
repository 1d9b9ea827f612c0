package entrepot.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// The keys of a list whose items have keys of their own. They stand in the file only; a key is known once it was asked
/// for.
final class Items {

    private final String name;
    private final Map<String, String> file;
    private final TreeSet<String> unknown;
    private final Set<String> asked = new TreeSet<>();

    private Items(String name, Map<String, String> file) {
        this.name = name;
        this.file = file;
        this.unknown = new TreeSet<>(file.keySet());
        unknown.removeIf(key -> !isOfIt(key));
    }

    /// Takes the keys of a list out of the file's.
    static Items take(String name, Map<String, String> file) {
        var items = new Items(name, Map.copyOf(file));
        file.keySet().removeIf(items::isOfIt);
        return items;
    }

    private boolean isOfIt(String key) {
        return key.startsWith(name + ".");
    }

    /// All of them, by a function of where an item's keys begin.
    ///
    /// @throws ConfigException if a key is left that nobody asked for
    <T> List<T> all(Function<String, T> item) {
        var list = list(name, item);
        if (!unknown.isEmpty()) {
            var others = beside(unknown.getFirst(), asked);
            throw new ConfigException("unknown key: " + String.join(", ", unknown)
                    + (others.isEmpty() ? "" : "; there are " + String.join(", ", others)));
        }
        return list;
    }

    /// Those of the keys that are at a key's place, by their last word; of one whose place is none, all that come
    /// first.
    static List<String> beside(String key, Collection<String> keys) {
        var place = key.substring(0, key.lastIndexOf('.') + 1);
        var there = keys.stream()
                .filter(each -> each.startsWith(place))
                .map(each -> each.substring(place.length()).replaceFirst("\\..*", ""))
                .distinct()
                .sorted()
                .toList();
        return there.isEmpty() && !place.isEmpty() ? beside("", keys) : there;
    }

    <T> List<T> list(String key, Function<String, T> element) {
        var list = new ArrayList<T>();
        asked.add(key);
        for (int i = 0; has(key + "." + i + "."); i++) {
            list.add(element.apply(key + "." + i));
        }
        return list;
    }

    private boolean has(String prefix) {
        return file.keySet().stream().anyMatch(key -> key.startsWith(prefix));
    }

    /// A blank value counts as not set.
    Optional<String> optional(String key) {
        unknown.remove(key);
        asked.add(key);
        return Optional.ofNullable(file.get(key))
                .filter(text -> !text.isBlank())
                .map(String::strip);
    }

    /// Parses a value with a function that throws IllegalArgumentException, whose message says what would do.
    <T> Optional<T> optional(String key, Function<String, T> parse) {
        return optional(key).map(text -> parsed(key, text, parse));
    }

    <T> T parsed(String key, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("%s: %s is not allowed; it %s".formatted(key, text, e.getMessage()));
        }
    }

    String required(String key) {
        return optional(key).orElseThrow(() -> new ConfigException(key + " is missing"));
    }

    <T> T required(String key, Function<String, T> parse) {
        return parsed(key, required(key), parse);
    }
}
