package entrepot.iam;

import entrepot.aws.model.ApiModel;
import entrepot.aws.model.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a form along a structure of the model into a plain tree of Map, List, String, Long and Boolean. Parameters
/// that the model does not have are passed over.
record FormReader(ApiModel model, Form form) {

    Map<String, Object> structure(Shape.Structure shape, String prefix) {
        var tree = new LinkedHashMap<String, Object>();
        shape.members().forEach((name, member) -> {
            var value = value(model.shape(member), prefix + name);
            if (value != null) {
                tree.put(name, value);
            }
        });
        return tree;
    }

    private @Nullable Object value(Shape shape, String name) {
        return switch (shape) {
            case Shape.Structure structure -> form.hasBelow(name) ? structure(structure, name + ".") : null;
            case Shape.ListOf list -> list(list, name);
            case Shape.Text _ -> form.get(name);
            case Shape.Whole _ -> whole(name);
            case Shape.Flag _ -> flag(name);
            case Shape.MapOf _, Shape.Decimal _, Shape.Time _, Shape.Blob _ ->
                throw new IllegalStateException("the model has no " + name + " in requests");
        };
    }

    /// A list without elements is sent as its name alone.
    private @Nullable List<Object> list(Shape.ListOf shape, String name) {
        var list = new ArrayList<Object>();
        for (var element : form.elements(name)) {
            var value = value(model.shape(shape.element()), element);
            if (value != null) {
                list.add(value);
            }
        }
        return list.isEmpty() && form.get(name) == null ? null : list;
    }

    private @Nullable Long whole(String name) {
        var text = form.get(name);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw QueryErrors.malformed("The parameter %s is not a whole number.".formatted(name));
        }
    }

    private @Nullable Boolean flag(String name) {
        return switch (form.get(name)) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw QueryErrors.malformed("The parameter %s is neither true nor false.".formatted(name));
        };
    }
}
