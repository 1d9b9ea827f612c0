package entrepot.aws.protocol;

import static java.lang.invoke.MethodType.genericMethodType;

import entrepot.operation.Operation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a record of a tree of Map, List, String, Long, Double, Boolean and [entrepot.domain.Content]: its components
/// are the members, under their own names or, as the Query protocol and AWS's tags have them, with a capital. Texts
/// become values. How a record is made is looked up once.
public final class InputRecord {

    private static final ClassValue<InputRecord> KNOWN = new ClassValue<>() {
        @Override
        protected InputRecord computeValue(Class<?> type) {
            return new InputRecord(type);
        }
    };

    private static final ClassValue<Class<?>> INPUTS = new ClassValue<>() {
        @Override
        protected Class<?> computeValue(Class<?> operation) {
            return inputOf(operation);
        }
    };

    private record Member(String name, String capitalised, Type type) {

        static Member of(RecordComponent component) {
            return new Member(component.getName(), capitalise(component.getName()), component.getGenericType());
        }

        @Nullable
        Object in(Map<?, ?> tree) {
            var found = tree.containsKey(name) ? tree.get(name) : tree.get(capitalised);
            return found == null ? null : value(type, found, name);
        }
    }

    private final MethodHandle constructor;
    private final List<Member> members;

    private InputRecord(Class<?> type) {
        var components = type.getRecordComponents();
        this.members = Arrays.stream(components).map(Member::of).toList();
        this.constructor = constructor(type, components);
    }

    private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return MethodHandles.publicLookup()
                    .findConstructor(type, MethodType.methodType(void.class, types))
                    .asType(genericMethodType(types.length))
                    .asSpreader(Object[].class, types.length);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    /// The record that an operation takes.
    @SuppressWarnings("unchecked") // it says so itself
    public static <I> Class<I> typeOf(Operation<I, ?> operation) {
        return (Class<I>) INPUTS.get(operation.getClass());
    }

    private static Class<?> inputOf(Class<?> operation) {
        for (var type : operation.getGenericInterfaces()) {
            if (type instanceof ParameterizedType parameters && parameters.getRawType() == Operation.class) {
                return (Class<?>) parameters.getActualTypeArguments()[0];
            }
        }
        throw new IllegalArgumentException(operation + " is not an operation in its own right");
    }

    /// Fails with a refusal if a value cannot be made of its member.
    public static <T> T of(Class<T> type, Map<?, ?> tree) {
        var known = KNOWN.get(type);
        var values = known.members.stream().map(member -> member.in(tree)).toArray();
        return type.cast(known.make(values));
    }

    private Object make(Object[] values) {
        try {
            return (Object) constructor.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object value(Type type, Object found, String name) {
        return switch (found) {
            case String text -> InputValues.of((Class<?>) type, text, name);
            case List<?> list -> list(((ParameterizedType) type).getActualTypeArguments()[0], list, name);
            case Map<?, ?> tree when type instanceof Class<?> record && record.isRecord() -> of(record, tree);
            case Long number when type == int.class || type == Integer.class -> Math.toIntExact(number);
            default -> found;
        };
    }

    private static Object list(Type element, List<?> list, String name) {
        return list.stream().map(found -> value(element, found, name)).toList();
    }

    private static String capitalise(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}
