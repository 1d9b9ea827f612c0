package entrepot.operation.lifecycle;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import java.util.List;

/// The operations on lifecycle policies.
public record LifecycleOperations(List<Operation<?, ?>> all) implements Family {

    public static LifecycleOperations with(Means means) {
        var metadata = means.metadata();
        return new LifecycleOperations(List.of(
                new PutLifecyclePolicy(metadata, means.clock()),
                new GetLifecyclePolicy(metadata),
                new DeleteLifecyclePolicy(metadata),
                new StartLifecyclePolicyPreview(metadata, means.clock()),
                new GetLifecyclePolicyPreview(metadata, means.clock())));
    }
}
