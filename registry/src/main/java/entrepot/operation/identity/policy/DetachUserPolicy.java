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
import entrepot.operation.identity.Refusals;
import entrepot.operation.identity.Stored;
import entrepot.store.MetadataStore;
import java.util.List;

/// Takes a managed policy from a user. Source: IAM API, DetachUserPolicy.
record DetachUserPolicy(MetadataStore metadata) implements Operation<DetachUserPolicy.Input, Done> {

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
            var policy = input.policyArn();
            var isCalledSo = policy.equals(policy.in(caller.partition()));
            if (!isCalledSo || !tx.users().attached(user).contains(policy.in(Partition.AWS))) {
                throw Refusals.noSuchPolicy(input.policyArn());
            }
            tx.users().detach(user, policy);
            return Done.DONE;
        });
    }
}
