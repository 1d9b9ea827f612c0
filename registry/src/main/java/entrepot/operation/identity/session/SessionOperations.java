package entrepot.operation.identity.session;

import entrepot.operation.Family;
import entrepot.operation.Operation;
import java.util.List;

/// The operations of STS.
public record SessionOperations(List<Operation<?, ?>> all) implements Family {

    public static SessionOperations make() {
        return new SessionOperations(List.of(new GetCallerIdentity()));
    }
}
