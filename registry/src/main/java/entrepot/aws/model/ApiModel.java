package entrepot.aws.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the model of one API says of names, shapes and bounds. Read from a table that `scripts/distil-model` makes of
/// AWS's own model.
///
/// @param target what stands before the dot of an `X-Amz-Target`; empty where the protocol has none
/// @param operations by name
/// @param shapes by name
public record ApiModel(String target, Map<String, Signature> operations, Map<String, Shape> shapes) {

    /// One operation, by the names of its shapes.
    ///
    /// @param errors names of the exceptions that it declares
    public record Signature(String input, String output, List<String> errors) {}

    /// Reads a table that lies beside a class.
    public static ApiModel of(Class<?> neighbour, String file) {
        return ModelTable.read(neighbour, file);
    }

    public Set<String> names() {
        return operations.keySet();
    }

    public Signature operation(String name) {
        return known(operations, name);
    }

    public Shape shape(String name) {
        return known(shapes, name);
    }

    public Shape.Structure structure(String name) {
        return (Shape.Structure) shape(name);
    }

    private static <T> T known(Map<String, T> table, String name) {
        var found = table.get(name);
        if (found == null) {
            throw new IllegalArgumentException("not in the model: " + name);
        }
        return found;
    }
}
