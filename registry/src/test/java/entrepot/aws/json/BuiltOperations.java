package entrepot.aws.json;

import entrepot.aws.Built;
import entrepot.operation.Operation;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.stream.Stream;

/// The classes of the operations that this registry has.
final class BuiltOperations {

    private BuiltOperations() {}

    static Stream<Class<?>> all() {
        return Built.of(Built.FAMILIES.ecr()).stream().map(Object::getClass);
    }

    /// The record that the operation takes.
    static Class<?> input(Class<?> operation) {
        return Arrays.stream(operation.getGenericInterfaces())
                .filter(type -> type instanceof ParameterizedType shape && shape.getRawType() == Operation.class)
                .map(type -> (Class<?>) ((ParameterizedType) type).getActualTypeArguments()[0])
                .findFirst()
                .orElseThrow(() -> new AssertionError(operation + " takes nothing"));
    }
}
