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

/// Removes a version that does not count. Source: IAM API, DeletePolicyVersion.
record DeletePolicyVersion(MetadataStore metadata) implements Operation<DeletePolicyVersion.Input, Done> {

    public record Input(Arn policyArn, String versionId) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onPolicy(caller, name(), input.policyArn());
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            var policy = Stored.policy(tx, caller, input.policyArn());
            var version = VersionView.find(tx, policy, input.policyArn(), input.versionId());
            if (version.number() == policy.defaultVersion()) {
                throw Refusals.conflict("Cannot delete the default version of a policy.");
            }
            tx.policies().deleteVersion(policy, version.number());
            return Done.DONE;
        });
    }
}
