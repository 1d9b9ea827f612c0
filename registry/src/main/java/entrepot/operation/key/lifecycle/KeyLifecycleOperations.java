package entrepot.operation.key.lifecycle;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import entrepot.operation.key.Keys;
import java.util.List;

/// The operations on keys: how they come to be, what is said of them, how they rotate and go.
public record KeyLifecycleOperations(List<Operation<?, ?>> all) implements Family {

    public static KeyLifecycleOperations with(Means means) {
        var metadata = means.metadata();
        var clock = means.clock();
        return new KeyLifecycleOperations(List.of(
                new CreateKey(metadata, clock),
                new DescribeKey(metadata, new Keys(metadata, means.decisions())),
                new ListKeys(metadata),
                new EnableKey(metadata),
                new DisableKey(metadata),
                new ScheduleKeyDeletion(metadata, clock),
                new CancelKeyDeletion(metadata),
                new UpdateKeyDescription(metadata),
                new TagResource(metadata),
                new UntagResource(metadata),
                new ListResourceTags(metadata),
                new EnableKeyRotation(metadata, clock),
                new DisableKeyRotation(metadata),
                new GetKeyRotationStatus(metadata),
                new RotateKeyOnDemand(metadata, clock)));
    }
}
