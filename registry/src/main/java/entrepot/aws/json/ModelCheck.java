package entrepot.aws.json;

import entrepot.aws.model.ApiModel;
import entrepot.aws.model.Bounds;
import entrepot.aws.model.Shape;
import entrepot.aws.protocol.Constraints;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds what [ModelReader] read against the model's constraints. The first violation, in the model's order, is the
/// one that is told, in the service's words.
///
/// A member of a nested structure is named by its path, `filter.tagStatus`, or in a list `tags.1.member.Key`, as AWS's
/// other services do. Lengths of texts are in UTF-16 units.
final class ModelCheck {

    private final ApiModel model;
    private final JsonDialect words;

    ModelCheck(ApiModel model, JsonDialect words) {
        this.model = model;
        this.words = words;
    }

    /// Fails in the service's words if the tree breaks a constraint.
    void check(String structure, Map<String, Object> tree) {
        structure(model.structure(structure), tree, "");
    }

    private void structure(Shape.Structure shape, Map<?, ?> tree, String prefix) {
        shape.members().forEach((name, member) -> {
            var value = tree.get(name);
            if (value != null) {
                value(model.shape(member), value, prefix + name);
            } else if (shape.required().contains(name)) {
                throw words.invalid(prefix + name, "Member " + Constraints.NULL);
            }
        });
    }

    private void value(Shape shape, Object value, String path) {
        switch (value) {
            case Map<?, ?> tree
            when shape instanceof Shape.Structure structure -> structure(structure, tree, path + ".");
            case List<?> list when shape instanceof Shape.ListOf listShape -> list(listShape, list, path);
            case Map<?, ?> map when shape instanceof Shape.MapOf mapShape -> map(mapShape, map, path);
            default ->
                scalar(shape, value).ifPresent(violation -> {
                    throw words.invalid(path, "Member " + violation);
                });
        }
    }

    private void map(Shape.MapOf shape, Map<?, ?> map, String path) {
        var value = model.shape(shape.value());
        map.values()
                .forEach(each -> violation(value, each).ifPresent(violation -> {
                    throw words.invalid(path, "Map value must satisfy constraint: [Member %s]".formatted(violation));
                }));
    }

    private void list(Shape.ListOf shape, List<?> list, String path) {
        new Bounds(shape.bounds().least(), JsonLimits.longest(shape))
                .lengthViolation(list.size())
                .ifPresent(violation -> {
                    throw words.invalid(path, "Member " + violation);
                });
        var element = model.shape(shape.element());
        for (int i = 0; i < list.size(); i++) {
            element(element, list.get(i), path, i + 1);
        }
    }

    private void element(Shape shape, @Nullable Object value, String path, int number) {
        if (value instanceof Map<?, ?> tree && shape instanceof Shape.Structure structure) {
            structure(structure, tree, "%s.%d.member.".formatted(path, number));
            return;
        }
        violation(shape, value).ifPresent(violation -> {
            throw words.invalid(path, element(violation));
        });
    }

    private static Optional<String> violation(Shape shape, @Nullable Object value) {
        return value == null ? Optional.of(Constraints.NULL) : scalar(shape, value);
    }

    private static Optional<String> scalar(Shape shape, Object value) {
        return Constraints.violation(JsonLimits.bounded(shape), value);
    }

    /// What is said of a text that is longer than can be held, and so is not read to its end.
    static String tooLong(Shape.Text shape) {
        return "Member " + longest(shape);
    }

    /// The same of a text in a list.
    static String tooLongElement(Shape.Text shape) {
        return element(longest(shape));
    }

    private static String longest(Shape.Text shape) {
        return "must have length less than or equal to " + JsonLimits.longest(shape);
    }

    private static String element(String violation) {
        return "Member must satisfy constraint: [Member %s]".formatted(violation);
    }
}
