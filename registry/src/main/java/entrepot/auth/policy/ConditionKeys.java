package entrepot.auth.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is known of a request: condition keys such as `aws:SourceIp`, each with its values. The names of keys are
/// alike whatever their case; values of names that differ in nothing else are put together.
public final class ConditionKeys {

    public static final ConditionKeys NONE = new ConditionKeys(Map.of());

    private final Supplier<Map<String, List<String>>> values;
    private @Nullable Map<String, List<String>> together;

    public ConditionKeys(Map<String, List<String>> values) {
        this(() -> values);
    }

    /// @param values gathered when a condition asks for one, which most policies never do
    public ConditionKeys(Supplier<Map<String, List<String>>> values) {
        this.values = values;
    }

    /// All of them, by their names in lower case.
    public Map<String, List<String>> values() {
        var known = together;
        if (known == null) {
            known = together(values.get());
            together = known;
        }
        return known;
    }

    /// Empty if the key is not known.
    List<String> of(String key) {
        return values().getOrDefault(fold(key), List.of());
    }

    private static Map<String, List<String>> together(Map<String, List<String>> values) {
        var together = new HashMap<String, List<String>>();
        values.forEach((key, list) ->
                together.computeIfAbsent(fold(key), _ -> new ArrayList<>()).addAll(list));
        return together;
    }

    /// Empty if the key is not known or has several values.
    Optional<String> single(String key) {
        var all = of(key);
        return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
    }

    private static String fold(String key) {
        return key.toLowerCase(Locale.ROOT);
    }
}
