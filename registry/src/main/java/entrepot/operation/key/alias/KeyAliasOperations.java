package entrepot.operation.key.alias;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import entrepot.operation.key.Keys;
import java.util.List;

/// The operations on the names of keys.
public record KeyAliasOperations(List<Operation<?, ?>> all) implements Family {

    public static KeyAliasOperations with(Means means) {
        var metadata = means.metadata();
        var keys = new Keys(metadata, means.decisions());
        return new KeyAliasOperations(List.of(
                new CreateAlias(metadata, means.clock()),
                new UpdateAlias(metadata, keys, means.clock()),
                new DeleteAlias(metadata, keys),
                new ListAliases(metadata)));
    }
}
