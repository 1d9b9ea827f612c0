package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.identity.Done;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Stored;
import entrepot.operation.identity.Tags;
import entrepot.store.MetadataStore;
import java.util.List;

/// Removes tags from a managed policy of the account's own. Source: IAM API, UntagPolicy.
record UntagPolicy(MetadataStore metadata) implements Operation<UntagPolicy.Input, Done> {

    public record Input(Arn policyArn, List<String> tagKeys) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(
                new Needs(metadata).policy(caller, name(), input.policyArn()).about(input.tagKeys()));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            Tags.of(tx, Stored.policy(tx, caller, input.policyArn())).remove(input.tagKeys());
            return Done.DONE;
        });
    }
}
