package entrepot.aws.json;

import entrepot.aws.Built;
import java.util.Arrays;
import java.util.stream.Stream;

/// The classes of the operations that this registry has.
final class BuiltOperations {

    private BuiltOperations() {}

    static Stream<Class<?>> all() {
        return Built.of(Built.FAMILIES.ecr()).stream().map(Object::getClass);
    }

    /// The record that the operation takes, or the one that it answers with.
    static Class<?> part(Class<?> operation, String simpleName) {
        return Arrays.stream(operation.getDeclaredClasses())
                .filter(part -> part.getSimpleName().equals(simpleName))
                .findFirst()
                .orElseThrow(() -> new AssertionError(operation + " has no " + simpleName));
    }
}
