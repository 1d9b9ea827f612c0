package entrepot.lifecycle;

import entrepot.domain.ImageAction;
import entrepot.domain.StorageClass;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The form of a lifecycle policy. Source: ECR user guide, "Examples of lifecycle policies in Amazon ECR", the
/// template, and "Lifecycle policy properties in Amazon ECR".
final class PolicySchema {

    private static final int MOST_RULES = 50;
    private static final int LEAST_DAYS_IN_ARCHIVE = 90;

    private static final SortedSet<String> RULE = names("action", "rulePriority", "selection");
    private static final Set<String> OF_RULE = names("action", "description", "rulePriority", "selection");
    private static final SortedSet<String> SELECTION = names("countNumber", "countType", "tagStatus");
    private static final Set<String> OF_SELECTION = names(
            "countNumber", "countType", "countUnit", "storageClass", "tagPatternList", "tagPrefixList", "tagStatus");

    private final Faults faults = new Faults();

    /// A line for each thing that is wrong; none if nothing is.
    List<String> faults(Object document) {
        faults.object(document, names("rules"), names("rules")).ifPresent(policy -> {
            if (policy.containsKey("rules")) {
                faults.array(policy.get("rules"), 1, MOST_RULES, this::rule);
            }
        });
        return faults.all();
    }

    private void rule(@Nullable Object value) {
        var before = faults.all().size();
        faults.object(value, RULE, OF_RULE).ifPresent(rule -> {
            rule.forEach((name, member) -> ofRule(name.toString(), member));
            if (faults.all().size() == before) {
                combination(PolicyText.object(rule, "selection"), PolicyText.object(rule, "action"));
            }
        });
    }

    private void ofRule(String name, @Nullable Object value) {
        switch (name) {
            case "rulePriority" -> faults.whole(value, 1);
            case "description" -> faults.text(value, 0);
            case "selection" ->
                faults.object(value, SELECTION, OF_SELECTION)
                        .ifPresent(members -> members.forEach((member, of) -> ofSelection(member.toString(), of)));
            case "action" ->
                faults.object(value, names("type"), names("targetStorageClass", "type"))
                        .ifPresent(members -> members.forEach((member, of) -> ofAction(member.toString(), of)));
            default -> {} // told already
        }
    }

    private void ofSelection(String name, @Nullable Object value) {
        switch (name) {
            case "tagStatus" -> faults.oneOf(value, written(TagStatus.values()));
            case "tagPatternList", "tagPrefixList" ->
                faults.array(value, 1, Integer.MAX_VALUE, text -> faults.text(text, 1));
            case "storageClass" -> faults.oneOf(value, written(StorageClass.values()));
            case "countNumber" -> faults.whole(value, 1);
            case "countType" -> alternative(CountType.named(value).isPresent());
            case "countUnit" -> unit(value);
            default -> {} // told already
        }
    }

    private void unit(@Nullable Object value) {
        if (value == null) {
            faults.addNoAlternative();
        } else {
            faults.oneOf(value, List.of("days"));
        }
    }

    private void ofAction(String name, @Nullable Object value) {
        switch (name) {
            case "type" -> faults.oneOf(value, written(ImageAction.values()));
            case "targetStorageClass" -> target(value);
            default -> {} // told already
        }
    }

    private void target(@Nullable Object value) {
        if (value == null) {
            faults.addNoAlternative();
        } else {
            faults.oneOf(value, List.of("archive"));
        }
    }

    private void alternative(boolean isOne) {
        if (!isOne) {
            faults.addNoAlternative();
        }
    }

    /// What goes with what: the unit with days, the class with what is counted, the target with a transition.
    private void combination(Map<?, ?> selection, Map<?, ?> action) {
        var count = CountType.named(selection.get("countType")).orElseThrow();
        var expires = "expire".equals(action.get("type"));
        alternative(count.countsDays() == selection.containsKey("countUnit")
                && expires != action.containsKey("targetStorageClass")
                && isOfClass(count, expires, selection.get("storageClass")));
        if (count == CountType.SINCE_IMAGE_TRANSITIONED) {
            faults.whole(selection.get("countNumber"), LEAST_DAYS_IN_ARCHIVE);
        }
        TagLists.fault(selection).ifPresent(faults::add);
    }

    /// @param storageClass as it is written; null where it is not
    private static boolean isOfClass(CountType count, boolean expires, @Nullable Object storageClass) {
        return switch (count) {
            case SINCE_IMAGE_TRANSITIONED -> expires && "archive".equals(storageClass);
            case SINCE_IMAGE_PULLED -> !expires && !"archive".equals(storageClass);
            case IMAGE_COUNT_MORE_THAN, SINCE_IMAGE_PUSHED ->
                expires ? storageClass == null : !"archive".equals(storageClass);
        };
    }

    private static List<String> written(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static SortedSet<String> names(String... names) {
        return new TreeSet<>(List.of(names));
    }
}
