package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.domain.Partition;
import entrepot.domain.UserName;
import entrepot.operation.Operation;
import entrepot.operation.identity.Done;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Quotas;
import entrepot.operation.identity.Refusals;
import entrepot.operation.identity.Stored;
import entrepot.store.MetadataStore;
import java.util.List;

/// Attaches a managed policy of the account's own, or of AWS's, to a user. Source: IAM API, AttachUserPolicy.
record AttachUserPolicy(MetadataStore metadata) implements Operation<AttachUserPolicy.Input, Done> {

    public record Input(UserName userName, Arn policyArn) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(new Needs(metadata)
                .user(caller, name(), input.userName())
                .with("iam:PolicyARN", List.of(input.policyArn().value())));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            var user = Stored.user(tx, caller, input.userName());
            var attached = tx.users().attached(user);
            var policy = input.policyArn();
            if (ManagedPolicy.find(tx, caller, policy).isEmpty()) {
                throw Refusals.notAttachable(input.policyArn());
            }
            if (!attached.contains(policy.in(Partition.AWS)) && attached.size() >= Quotas.ATTACHED) {
                throw Refusals.quota("PoliciesPerUser", Quotas.ATTACHED);
            }
            tx.users().attach(user, policy);
            return Done.DONE;
        });
    }
}
