package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.domain.ResourceTag;
import entrepot.operation.Operation;
import entrepot.operation.identity.Done;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Stored;
import entrepot.operation.identity.Tags;
import entrepot.store.MetadataStore;
import java.util.List;

/// Adds tags to a managed policy of the account's own. Source: IAM API, TagPolicy.
record TagPolicy(MetadataStore metadata) implements Operation<TagPolicy.Input, Done> {

    public record Input(Arn policyArn, List<ResourceTag> tags) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(
                new Needs(metadata).policy(caller, name(), input.policyArn()).giving(input.tags()));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        var tags = Tags.checked(input.tags());
        return metadata.transact(tx -> {
            Tags.of(tx, Stored.policy(tx, caller, input.policyArn())).put(tags);
            return Done.DONE;
        });
    }
}
