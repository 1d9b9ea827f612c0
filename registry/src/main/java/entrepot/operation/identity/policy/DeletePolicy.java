package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.identity.Done;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Refusals;
import entrepot.operation.identity.Stored;
import entrepot.store.MetadataStore;
import java.util.List;

/// Removes a managed policy that is attached to nobody and has no version but the one that counts. Source: IAM API,
/// DeletePolicy.
record DeletePolicy(MetadataStore metadata) implements Operation<DeletePolicy.Input, Done> {

    public record Input(Arn policyArn) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onPolicy(caller, name(), input.policyArn());
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            var policy = Stored.policy(tx, caller, input.policyArn());
            if (tx.policies().attachments(policy.account(), policy.arn(caller.partition())) > 0) {
                throw Refusals.conflict("Cannot delete a policy attached to entities.");
            }
            if (tx.policies().versions(policy).size() > 1) {
                throw Refusals.conflict("This policy has more than one version. Before you delete a policy, you must"
                        + " delete the policy's versions. The default version is deleted with the policy.");
            }
            tx.policies().delete(policy);
            return Done.DONE;
        });
    }
}
