package entrepot.ecr;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What ECR's API model says of names, shapes and bounds. Read from `model.json`, which `scripts/distil-model` makes
/// of AWS's own model.
///
/// @param target what stands before the dot of an `X-Amz-Target`
/// @param operations by name
/// @param shapes by name
record EcrModel(String target, Map<String, Signature> operations, Map<String, Shape> shapes) {

    /// One operation, by the names of its shapes.
    ///
    /// @param errors names of the exceptions that it declares
    record Signature(String input, String output, List<String> errors) {}

    static EcrModel load() {
        return ModelTable.read();
    }

    Set<String> names() {
        return operations.keySet();
    }

    Signature operation(String name) {
        return known(operations, name);
    }

    Shape shape(String name) {
        return known(shapes, name);
    }

    Shape.Structure structure(String name) {
        return (Shape.Structure) shape(name);
    }

    private static <T> T known(Map<String, T> table, String name) {
        var found = table.get(name);
        if (found == null) {
            throw new IllegalArgumentException("not in ECR's model: " + name);
        }
        return found;
    }
}
