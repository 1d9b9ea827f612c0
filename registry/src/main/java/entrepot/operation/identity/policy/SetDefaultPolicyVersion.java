package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.identity.Done;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Stored;
import entrepot.store.MetadataStore;
import java.time.InstantSource;
import java.util.List;

/// Says which version of a managed policy counts. Source: IAM API, SetDefaultPolicyVersion.
record SetDefaultPolicyVersion(MetadataStore metadata, InstantSource clock)
        implements Operation<SetDefaultPolicyVersion.Input, Done> {

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
            tx.policies().setDefaultVersion(policy, version.number(), clock.instant());
            return Done.DONE;
        });
    }
}
