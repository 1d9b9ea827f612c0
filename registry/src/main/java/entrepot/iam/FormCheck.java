package entrepot.iam;

import entrepot.aws.model.ApiModel;
import entrepot.aws.model.Shape;
import entrepot.aws.protocol.Constraints;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Holds what [FormReader] read against the model's constraints, and tells all violations at once, as IAM does:
/// `1 validation error detected: Value at 'userName' failed to satisfy constraint: Member must ...`.
final class FormCheck {

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
            throw QueryErrors.validation("%d validation %s detected: %s"
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
                violated(path, Constraints.NULL);
            }
        });
    }

    private void value(Shape shape, Object value, String path) {
        switch (shape) {
            case Shape.Structure structure -> structure(structure, (Map<?, ?>) value, path + ".");
            case Shape.ListOf list -> list(list, (List<?>) value, path);
            case Shape.MapOf _ -> {}
            case Shape.Text _, Shape.Whole _, Shape.Flag _, Shape.Decimal _, Shape.Time _, Shape.Blob _ ->
                Constraints.violation(shape, value).ifPresent(violation -> violated(path, violation));
        }
    }

    private void list(Shape.ListOf shape, List<?> list, String path) {
        shape.bounds().lengthViolation(list.size()).ifPresent(violation -> violated(path, violation));
        var element = model.shape(shape.element());
        for (int i = 0; i < Math.min(list.size(), shape.bounds().most()); i++) {
            value(element, list.get(i), "%s.%d.member".formatted(path, i + 1));
        }
    }

    private void violated(String path, String violation) {
        violations.add("Value at '%s' failed to satisfy constraint: Member %s".formatted(path, violation));
    }

    static String decapitalised(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }
}
