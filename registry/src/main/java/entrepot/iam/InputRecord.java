package entrepot.iam;

import entrepot.operation.Operation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a record of the tree that [FormReader] read: a component is the member whose name is its own in upper camel
/// case.
final class InputRecord {

    private InputRecord() {}

    /// The record that an operation takes.
    @SuppressWarnings("unchecked") // it says so itself
    static <I> Class<I> typeOf(Operation<I, ?> operation) {
        for (var type : operation.getClass().getGenericInterfaces()) {
            if (type instanceof ParameterizedType parameters && parameters.getRawType() == Operation.class) {
                return (Class<I>) parameters.getActualTypeArguments()[0];
            }
        }
        throw new IllegalArgumentException(operation + " is not an operation in its own right");
    }

    static <T> T of(Class<T> type, Map<?, ?> tree) {
        var components = type.getRecordComponents();
        var values = Arrays.stream(components)
                .map(component -> value(component.getGenericType(), tree.get(capitalised(component.getName()))))
                .toArray();
        try {
            return type.getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    private static @Nullable Object value(Type type, @Nullable Object found) {
        return switch (found) {
            case null -> null;
            case List<?> list ->
                list.stream()
                        .map(element -> value(((ParameterizedType) type).getActualTypeArguments()[0], element))
                        .toList();
            case Map<?, ?> tree -> of((Class<?>) type, tree);
            case Long number -> Math.toIntExact(number);
            default -> found;
        };
    }

    private static String capitalised(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
