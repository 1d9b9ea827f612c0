package entrepot.console;

import entrepot.auth.Caller;
import entrepot.aws.Calls;
import entrepot.aws.Service;
import entrepot.operation.Family;
import entrepot.operation.Operation;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Every operation that pages ask for, and the door to them that everybody goes through.
///
/// @param operations by their classes
public record Desk(Calls calls, Service ecr, Map<Class<?>, Operation<?, ?>> operations) {

    public Desk {
        operations = Map.copyOf(operations);
    }

    public static Desk of(Calls calls, Service ecr, List<? extends Family> families) {
        return new Desk(
                calls,
                ecr,
                families.stream()
                        .flatMap(family -> family.all().stream())
                        .collect(Collectors.toMap(Operation::getClass, operation -> operation)));
    }

    /// Fails with a refusal if the caller may not, or as the operation refuses.
    public <I, O> O call(Caller caller, Class<? extends Operation<I, O>> type, I input) {
        var operation = Objects.requireNonNull(operations.get(type), type::getName);
        return calls.call(caller, ecr, type.cast(operation), input);
    }
}
