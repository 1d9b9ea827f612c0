package entrepot.lifecycle;

import entrepot.domain.StorageClass;
import entrepot.lifecycle.Selection.TagFilter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What makes no policy of rules that are well-formed each by itself. Source: ECR user guide, "Automate the cleanup of
/// images by using lifecycle policies", on how they are evaluated.
final class RuleConflicts {

    private RuleConflicts() {}

    /// What is wrong, in ECR's words where they are known; none if nothing is.
    ///
    /// @param rules in the order of their priorities
    static List<String> of(List<Rule> rules) {
        var faults = new ArrayList<String>();
        samePriority(rules).ifPresent(faults::add);
        for (var storageClass : StorageClass.values()) {
            var filters = rules.stream()
                    .map(Rule::selection)
                    .filter(selection -> selection.storageClass() == storageClass)
                    .map(Selection::tags)
                    .toList();
            Stream.of(untagged(filters), any(filters), sameTags(filters))
                    .forEach(fault -> fault.ifPresent(faults::add));
        }
        return faults;
    }

    private static Optional<String> samePriority(List<Rule> rules) {
        var seen = new HashSet<Integer>();
        return rules.stream()
                .map(Rule::priority)
                .filter(priority -> !seen.add(priority))
                .findFirst()
                .map("Only one rule can have the rulePriority %d."::formatted);
    }

    private static Optional<String> untagged(List<TagFilter> filters) {
        return filters.stream()
                                .filter(filter -> filter.status() == TagStatus.UNTAGGED)
                                .count()
                        > 1
                ? Optional.of("Only one rule can select Untagged images per storage class.")
                : Optional.empty();
    }

    private static Optional<String> any(List<TagFilter> filters) {
        return filters.stream().limit(Math.max(0, filters.size() - 1)).anyMatch(each -> each.status() == TagStatus.ANY)
                ? Optional.of("Rule for tagStatus=ANY must have the lowest priority per storage class")
                : Optional.empty();
    }

    /// Of two that select the same, the later one could never act.
    private static Optional<String> sameTags(List<TagFilter> filters) {
        var seen = new HashSet<Tags>();
        return filters.stream()
                .filter(filter -> filter.status() == TagStatus.TAGGED)
                .filter(filter -> !seen.add(new Tags(filter.arePrefixes(), filter.texts())))
                .findFirst()
                .map(filter -> "Only one rule can select the tags %s per storage class."
                        .formatted(PolicyText.written(filter.texts())));
    }

    private record Tags(boolean arePrefixes, List<String> texts) {}
}
