package entrepot.lifecycle;

import entrepot.domain.ImageAction;
import entrepot.domain.StorageClass;
import entrepot.domain.TagPattern;
import entrepot.lifecycle.Selection.Count;
import entrepot.lifecycle.Selection.TagFilter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes rules of a document in which [PolicySchema] has found no fault.
final class RuleReader {

    private RuleReader() {}

    static List<Rule> rules(Object document) {
        return list(((Map<?, ?>) document).get("rules")).stream()
                .map(rule -> rule((Map<?, ?>) rule))
                .toList();
    }

    private static Rule rule(Map<?, ?> rule) {
        var action = PolicyText.object(rule, "action");
        return new Rule(
                number(rule.get("rulePriority")),
                (String) rule.get("description"),
                selection(PolicyText.object(rule, "selection")),
                ImageAction.valueOf(constant(action.get("type"))));
    }

    private static Selection selection(Map<?, ?> selection) {
        var storageClass = selection.get("storageClass");
        return new Selection(
                tags(selection),
                storageClass == null ? StorageClass.STANDARD : StorageClass.valueOf(constant(storageClass)),
                new Count(
                        CountType.named(selection.get("countType")).orElseThrow(),
                        number(selection.get("countNumber"))));
    }

    private static TagFilter tags(Map<?, ?> selection) {
        var prefixes = texts(selection.get("tagPrefixList"));
        var patterns = texts(selection.get("tagPatternList"));
        var status = TagStatus.valueOf(constant(selection.get("tagStatus")));
        return prefixes.isEmpty()
                ? new TagFilter(status, patterns.stream().map(TagPattern::of).toList(), false)
                : new TagFilter(
                        status, prefixes.stream().map(TagPattern::ofPrefix).toList(), true);
    }

    private static String constant(@Nullable Object written) {
        return String.valueOf(written).toUpperCase(Locale.ROOT);
    }

    private static int number(@Nullable Object written) {
        return ((Number) Objects.requireNonNull(written)).intValue();
    }

    private static List<String> texts(@Nullable Object list) {
        return list(list).stream().map(Object::toString).toList();
    }

    private static List<?> list(@Nullable Object list) {
        return list == null ? List.of() : (List<?>) list;
    }
}
