package entrepot.ecr;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.ImageError;
import entrepot.domain.JsonAloneError;
import entrepot.domain.ManifestBytes;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryError;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.domain.UploadId;
import entrepot.operation.Operation;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes a record of the tree that [ModelReader] read: components are the members, values come by their own
/// constructors. What a value refuses is told at the member's own name.
final class InputRecord {

    private static final Map<Type, Function<String, Object>> VALUES = Map.of(
            String.class, text -> text,
            RepositoryName.class, RepositoryName::new,
            Tag.class, Tag::new,
            Digest.class, Digest::parse,
            UploadId.class, UploadId::new,
            ManifestBytes.class, InputRecord::manifest);

    private static final String DIGEST = "must satisfy regular expression 'sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}'";

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

    /// Fails with a refusal if a value cannot be made of its member.
    static <T> T of(Class<T> type, Map<?, ?> tree) {
        var components = type.getRecordComponents();
        var values = Arrays.stream(components)
                .map(component -> component(component, tree))
                .toArray();
        try {
            return constructor(type, components).newInstance(values);
        } catch (InvocationTargetException e) {
            throw refusal(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    private static <T> Constructor<T> constructor(Class<T> type, RecordComponent[] components)
            throws NoSuchMethodException {
        return type.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    }

    private static RuntimeException refusal(@Nullable Throwable cause) {
        return cause instanceof RuntimeException refusal ? refusal : new IllegalStateException(cause);
    }

    private static @Nullable Object component(RecordComponent component, Map<?, ?> tree) {
        var name = component.getName();
        var found = tree.containsKey(name) ? tree.get(name) : tree.get(capitalised(name));
        return found == null ? null : value(component.getGenericType(), found, name);
    }

    /// Members of an AWS tag are `Key` and `Value`.
    static String capitalised(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static Object value(Type type, Object found, String name) {
        return switch (found) {
            case String text -> text(type, text, name);
            case List<?> list -> list(((ParameterizedType) type).getActualTypeArguments()[0], list, name);
            case Map<?, ?> tree when type instanceof Class<?> record && record.isRecord() -> of(record, tree);
            case Long number when type == int.class || type == Integer.class -> Math.toIntExact(number);
            case Content content -> content;
            default -> found;
        };
    }

    private static Object list(Type element, List<?> list, String name) {
        return list.stream().map(found -> value(element, found, name)).toList();
    }

    private static Object text(Type type, String text, String name) {
        var value = VALUES.get(type);
        try {
            return value == null ? constant((Class<?>) type, text) : value.apply(text);
        } catch (RegistryException e) {
            throw e.error() instanceof RepositoryError.InvalidDigest ? invalid(name, DIGEST) : e;
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the model's values were checked; ours are the same ones
    private static Object constant(Class<?> type, String text) {
        return Enum.valueOf((Class<? extends Enum>) type, text);
    }

    /// Its digest is over UTF-8, which has no form for half a surrogate pair.
    private static ManifestBytes manifest(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new RegistryException(
                    ImageError.InvalidManifest.SYNTAX.because("The text has half of a surrogate pair"));
        }
        return ManifestBytes.ofText(text);
    }

    private static RegistryException invalid(String parameter, String constraint) {
        return new RegistryException(new JsonAloneError.InvalidParameter(parameter, constraint));
    }
}
