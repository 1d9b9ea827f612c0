package entrepot.operation.key.policy;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import java.util.List;

/// The operations on the policies of keys.
public record KeyPolicyOperations(List<Operation<?, ?>> all) implements Family {

    public static KeyPolicyOperations with(Means means) {
        var metadata = means.metadata();
        return new KeyPolicyOperations(List.of(
                new GetKeyPolicy(metadata), new PutKeyPolicy(metadata, means.clock()), new ListKeyPolicies(metadata)));
    }
}
