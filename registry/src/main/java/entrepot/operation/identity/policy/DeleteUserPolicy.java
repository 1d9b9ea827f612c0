package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.UserName;
import entrepot.operation.Operation;
import entrepot.operation.identity.Done;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Refusals;
import entrepot.operation.identity.Stored;
import entrepot.store.MetadataStore;
import java.util.List;

/// Removes a policy that is written into a user. Source: IAM API, DeleteUserPolicy.
record DeleteUserPolicy(MetadataStore metadata) implements Operation<DeleteUserPolicy.Input, Done> {

    public record Input(UserName userName, String policyName) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onUser(caller, name(), input.userName());
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            var user = Stored.user(tx, caller, input.userName());
            if (tx.users().policy(user, input.policyName()).isEmpty()) {
                throw Refusals.noSuchUserPolicy(input.policyName());
            }
            tx.users().deletePolicy(user, input.policyName());
            return Done.DONE;
        });
    }
}
