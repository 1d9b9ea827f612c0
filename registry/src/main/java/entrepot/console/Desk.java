package entrepot.console;

import entrepot.auth.Caller;
import entrepot.aws.Calls;
import entrepot.aws.Service;
import entrepot.operation.Family;
import entrepot.operation.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Every operation that pages ask for, and the door to them that everybody goes through.
///
/// @param ecr whose operations the console shows most, and whose all those are that no API has
/// @param operations by their classes
/// @param services that operations are of, by their classes
public record Desk(
        Calls calls, Service ecr, Map<Class<?>, Operation<?, ?>> operations, Map<Class<?>, Service> services) {

    public Desk {
        operations = Map.copyOf(operations);
        services = Map.copyOf(services);
    }

    /// With all operations of these families.
    ///
    /// @param ecr among the services
    public static Desk of(Calls calls, Service ecr, List<Service> services, List<? extends Family> families) {
        return new Desk(
                calls,
                ecr,
                families.stream()
                        .flatMap(family -> family.all().stream())
                        .collect(Collectors.toMap(Operation::getClass, operation -> operation)),
                byOperation(services));
    }

    private static Map<Class<?>, Service> byOperation(List<Service> services) {
        var found = new HashMap<Class<?>, Service>();
        for (var service : services) {
            for (var entry : service.entries().values()) {
                if (entry instanceof Service.Entry.Built(var operation)) {
                    found.put(operation.getClass(), service);
                }
            }
        }
        return found;
    }

    /// Fails with a refusal if the caller may not, or as the operation refuses.
    public <I, O> O call(Caller caller, Class<? extends Operation<I, O>> type, I input) {
        var operation = Objects.requireNonNull(operations.get(type), type::getName);
        return calls.call(caller, services.getOrDefault(type, ecr), type.cast(operation), input);
    }
}
