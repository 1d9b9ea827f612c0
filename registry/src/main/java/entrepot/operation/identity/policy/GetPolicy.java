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

/// A managed policy, of the account's own or of AWS's, without its document. Source: IAM API, GetPolicy.
record GetPolicy(MetadataStore metadata) implements Operation<GetPolicy.Input, GetPolicy.Output> {

    public record Input(Arn policyArn) {}

    public record Output(PolicyView policy) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onPolicy(caller, name(), input.policyArn());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return metadata.read(tx -> {
            var arn = input.policyArn();
            var policy =
                    ManagedPolicy.find(tx, caller, arn).orElseThrow(() -> Refusals.noSuchPolicy(input.policyArn()));
            var attachments = tx.policies().attachments(Needs.account(caller), arn);
            return new Output(PolicyView.of(policy, attachments, policy.description(), policy.tags(tx)));
        });
    }
}
