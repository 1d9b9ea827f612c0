package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Refusals;
import entrepot.store.MetadataStore;
import java.util.List;

/// One version of a managed policy, with its document. Source: IAM API, GetPolicyVersion.
record GetPolicyVersion(MetadataStore metadata) implements Operation<GetPolicyVersion.Input, GetPolicyVersion.Output> {

    public record Input(Arn policyArn, String versionId) {}

    public record Output(VersionView policyVersion) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onPolicy(caller, name(), input.policyArn());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return metadata.read(tx -> {
            var policy = ManagedPolicy.find(tx, caller, input.policyArn())
                    .orElseThrow(() -> Refusals.noSuchPolicy(input.policyArn()));
            return policy.versions(tx).stream()
                    .filter(version -> version.versionId().equals(input.versionId()))
                    .findFirst()
                    .map(Output::new)
                    .orElseThrow(() -> Refusals.noSuchVersion(input.policyArn(), input.versionId()));
        });
    }
}
