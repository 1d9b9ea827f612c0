package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.UserName;
import entrepot.operation.Operation;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Refusals;
import entrepot.operation.identity.Stored;
import entrepot.store.MetadataStore;
import java.util.List;

/// A policy that is written into a user. Source: IAM API, GetUserPolicy.
public record GetUserPolicy(MetadataStore metadata) implements Operation<GetUserPolicy.Input, GetUserPolicy.Output> {

    public record Input(UserName userName, String policyName) {}

    public record Output(String userName, String policyName, String policyDocument) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onUser(caller, name(), input.userName());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return metadata.read(tx -> {
            var user = Stored.user(tx, caller, input.userName());
            var policy = tx.users()
                    .policy(user, input.policyName())
                    .orElseThrow(() -> Refusals.noSuchUserPolicy(input.policyName()));
            return new Output(user.name().value(), policy.name(), Documents.encode(policy.document()));
        });
    }
}
