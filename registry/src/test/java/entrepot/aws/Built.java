package entrepot.aws;

import entrepot.operation.Operation;
import entrepot.operation.World;
import entrepot.server.Families;
import java.lang.reflect.ParameterizedType;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What this registry has of AWS's APIs, as its families list it.
public final class Built {

    public static final Families FAMILIES = families();

    /// Members of inputs and outputs that no model has, since `/v2` alone has a form for them.
    static final Set<String> OF_V2 = Set.of(
            "PutImage.furtherTags",
            "PutImage.precondition",
            "PutImage.subject",
            "BatchGetImage.isLook",
            "BatchDeleteImage.precondition",
            "CompleteLayerUpload.lastPart",
            "ListImages.tagsAlone",
            "ListImages.tags");

    private Built() {}

    private static Families families() {
        try (var world = World.withApp()) {
            return world.families;
        }
    }

    /// By name.
    public static List<Operation<?, ?>> of(Service service) {
        return service.entries().values().stream()
                .flatMap(entry -> switch (entry) {
                    case Service.Entry.Built(var operation) -> Stream.<Operation<?, ?>>of(operation);
                    case Service.Entry.NotBuilt _ -> Stream.empty();
                })
                .sorted(Comparator.comparing(Operation::name))
                .toList();
    }

    /// Whether a member is one that `/v2` alone has a form for.
    public static boolean isOfV2(String operation, String member) {
        return OF_V2.contains(operation + "." + member);
    }

    /// The record that an operation takes.
    static Class<?> input(Operation<?, ?> operation) {
        return records(operation).getFirst();
    }

    /// The record that an operation answers with.
    static Class<?> output(Operation<?, ?> operation) {
        return records(operation).getLast();
    }

    private static List<Class<?>> records(Operation<?, ?> operation) {
        return Stream.of(operation.getClass().getGenericInterfaces())
                .filter(ParameterizedType.class::isInstance)
                .map(ParameterizedType.class::cast)
                .filter(type -> type.getRawType() == Operation.class)
                .flatMap(type -> Stream.of(type.getActualTypeArguments()))
                .<Class<?>>map(type -> (Class<?>) type)
                .toList();
    }
}
