package entrepot.operation.key.grant;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import java.util.List;

/// The operations on the grants of keys.
public record KeyGrantOperations(List<Operation<?, ?>> all) implements Family {

    public static KeyGrantOperations with(Means means) {
        var metadata = means.metadata();
        return new KeyGrantOperations(List.of(
                new CreateGrant(metadata, means.clock()),
                new ListGrants(metadata),
                new RevokeGrant(metadata),
                new RetireGrant(metadata)));
    }
}
