package entrepot.iam;

import entrepot.aws.model.ApiModel;
import entrepot.aws.model.Bounds;
import entrepot.aws.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// Holds what [FormReader] read against the model's constraints, and tells all violations at once, as IAM does:
/// `1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must ...`. Lengths of texts
/// are in UTF-16 units.
final class FormCheck {

    private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private final ApiModel model;
    private final List<String> violations = new ArrayList<>();

    private FormCheck(ApiModel model) {
        this.model = model;
    }

    /// Fails with `ValidationError` if the tree breaks a constraint.
    static void check(ApiModel model, Shape.Structure shape, Map<String, Object> tree) {
        var check = new FormCheck(model);
        check.structure(shape, tree, "");
        var count = check.violations.size();
        if (count > 0) {
            throw QueryError.validation("%d validation %s detected: %s"
                    .formatted(count, count == 1 ? "error" : "errors", String.join("; ", check.violations)));
        }
    }

    private void structure(Shape.Structure shape, Map<?, ?> tree, String prefix) {
        shape.members().forEach((name, member) -> {
            var value = tree.get(name);
            var path = prefix + decapitalised(name);
            if (value != null) {
                value(model.shape(member), value, path);
            } else if (shape.required().contains(name)) {
                violated(path, "must not be null");
            }
        });
    }

    private void value(Shape shape, Object value, String path) {
        switch (shape) {
            case Shape.Structure structure -> structure(structure, (Map<?, ?>) value, path + ".");
            case Shape.ListOf list -> list(list, (List<?>) value, path);
            case Shape.Text text -> text(text, (String) value).ifPresent(violation -> violated(path, violation));
            case Shape.Whole whole ->
                whole.bounds().valueViolation((Long) value).ifPresent(violation -> violated(path, violation));
            case Shape.Flag _, Shape.MapOf _, Shape.Decimal _, Shape.Time _, Shape.Blob _ -> {}
        }
    }

    private void list(Shape.ListOf shape, List<?> list, String path) {
        shape.bounds().lengthViolation(list.size()).ifPresent(violation -> violated(path, violation));
        var element = model.shape(shape.element());
        for (int i = 0; i < Math.min(list.size(), shape.bounds().most()); i++) {
            value(element, list.get(i), "%s.%d.member".formatted(path, i + 1));
        }
    }

    /// A text that is too long is not matched any more.
    private static Optional<String> text(Shape.Text shape, String text) {
        Bounds bounds = shape.bounds();
        return bounds.lengthViolation(text.length())
                .or(() -> Optional.ofNullable(shape.pattern())
                        .filter(regex -> !PATTERNS.computeIfAbsent(regex, Pattern::compile)
                                .matcher(text)
                                .matches())
                        .map(regex -> "must satisfy regular expression pattern: " + regex))
                .or(() -> Optional.of(shape.values())
                        .filter(values -> !values.isEmpty() && !values.contains(text))
                        .map(values -> "must satisfy enum value set: " + values));
    }

    private void violated(String path, String violation) {
        violations.add("Value at '%s' failed to satisfy constraint: Member %s".formatted(path, violation));
    }

    static String decapitalised(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
