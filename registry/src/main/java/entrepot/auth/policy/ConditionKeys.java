package entrepot.auth.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What is known of a request: condition keys such as `aws:SourceIp`, each with its values. The names of keys are
/// alike whatever their case; values of names that differ in nothing else are put together.
public record ConditionKeys(Map<String, List<String>> values) {

    public static final ConditionKeys NONE = new ConditionKeys(Map.of());

    public ConditionKeys {
        var together = new LinkedHashMap<String, List<String>>();
        values.forEach((key, list) ->
                together.computeIfAbsent(fold(key), _ -> new ArrayList<>()).addAll(list));
        together.replaceAll((_, list) -> List.copyOf(list));
        values = Map.copyOf(together);
    }

    /// Empty if the key is not known.
    List<String> of(String key) {
        return values.getOrDefault(fold(key), List.of());
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
