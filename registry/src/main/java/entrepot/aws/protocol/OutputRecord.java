package entrepot.aws.protocol;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Reads the members of a record by the model's names, whose capitals are not always Java's. Where a member is read is
/// looked up once.
public final class OutputRecord {

    private static final MethodType ANY = MethodType.methodType(Object.class, Object.class);

    private static final ClassValue<OutputRecord> KNOWN = new ClassValue<>() {
        @Override
        protected OutputRecord computeValue(Class<?> type) {
            return new OutputRecord(type);
        }
    };

    private final Map<String, MethodHandle> components = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /// By names that were asked for, all of which are a model's.
    private final Map<String, Optional<MethodHandle>> members = new ConcurrentHashMap<>();

    private OutputRecord(Class<?> type) {
        for (var component : type.getRecordComponents()) {
            components.put(component.getName(), accessor(component));
        }
    }

    private static MethodHandle accessor(RecordComponent component) {
        try {
            return MethodHandles.lookup().unreflect(component.getAccessor()).asType(ANY);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(component + " cannot be read", e);
        }
    }

    /// Null if the record has no such member.
    ///
    /// @param name as a model has it
    public static @Nullable Object member(Object record, String name) {
        var known = KNOWN.get(record.getClass());
        var member = known.members.computeIfAbsent(name, known::find);
        return member.isEmpty() ? null : read(member.get(), record);
    }

    private Optional<MethodHandle> find(String name) {
        return Optional.ofNullable(components.get(name));
    }

    private static @Nullable Object read(MethodHandle member, Object record) {
        try {
            return (Object) member.invokeExact(record);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
