package entrepot.iam;

import entrepot.model.ApiModel;
import entrepot.operation.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// One API in the Query protocol.
///
/// @param service what a credential must be scoped to
/// @param version what a request calls `Version`
/// @param namespace of its answers
/// @param built those of the model's operations that this registry has
record QueryApi(String service, String version, String namespace, ApiModel model, Map<String, Operation<?, ?>> built) {

    static QueryApi iam(List<Operation<?, ?>> built) {
        return of("iam", "2010-05-08", built);
    }

    static QueryApi sts(List<Operation<?, ?>> built) {
        return of("sts", "2011-06-15", built);
    }

    /// Fails if one of the operations is not the model's.
    private static QueryApi of(String service, String version, List<Operation<?, ?>> built) {
        var model = ApiModel.of(QueryApi.class, service + ".json");
        built.forEach(
                operation -> model.structure(model.operation(operation.name()).input()));
        return new QueryApi(
                service,
                version,
                "https://%s.amazonaws.com/doc/%s/".formatted(service, version),
                model,
                built.stream().collect(Collectors.toMap(Operation::name, Function.identity())));
    }

    Optional<Operation<?, ?>> operation(String name) {
        return Optional.ofNullable(built.get(name));
    }
}
