package entrepot.ecr;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The classes of the operations that this registry has, found by ECR's names for them.
final class BuiltOperations {

    private static final List<String> FAMILIES = List.of("account", "image", "layer", "repository");

    /// Members that no model knows, since `/v2` alone has a form for them.
    static final List<String> OF_V2 = List.of("furtherTags", "precondition", "lastPart");

    private BuiltOperations() {}

    static Stream<Class<?>> all() {
        return ModelFacts.BUILT.stream().flatMap(name -> find(name).stream());
    }

    private static Optional<Class<?>> find(String name) {
        return FAMILIES.stream()
                .flatMap(family -> load("entrepot.operation." + family + "." + name).stream())
                .findFirst();
    }

    private static Optional<Class<?>> load(String name) {
        try {
            return Optional.of(Class.forName(name));
        } catch (ClassNotFoundException _) {
            return Optional.empty();
        }
    }

    /// The record that the operation takes, or the one that it answers with.
    static Class<?> part(Class<?> operation, String simpleName) {
        return Arrays.stream(operation.getDeclaredClasses())
                .filter(part -> part.getSimpleName().equals(simpleName))
                .findFirst()
                .orElseThrow(() -> new AssertionError(operation + " has no " + simpleName));
    }
}
