package entrepot.operation.identity.key;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import java.util.List;

/// The operations on access keys.
public record KeyOperations(List<Operation<?, ?>> all) implements Family {

    public static KeyOperations with(Means means) {
        var metadata = means.metadata();
        return new KeyOperations(List.of(
                new CreateAccessKey(metadata, means.credentials().keys(), means.clock()),
                new ListAccessKeys(metadata),
                new UpdateAccessKey(metadata),
                new DeleteAccessKey(metadata),
                new GetAccessKeyLastUsed(metadata, means.credentials().usage())));
    }
}
