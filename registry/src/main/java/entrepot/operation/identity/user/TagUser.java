package entrepot.operation.identity.user;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.ResourceTag;
import entrepot.domain.UserName;
import entrepot.operation.Operation;
import entrepot.operation.identity.Done;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Stored;
import entrepot.operation.identity.Tags;
import entrepot.store.MetadataStore;
import java.util.List;

/// Adds tags to a user. Source: IAM API, TagUser.
record TagUser(MetadataStore metadata) implements Operation<TagUser.Input, Done> {

    public record Input(UserName userName, List<ResourceTag> tags) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(
                new Needs(metadata).user(caller, name(), input.userName()).giving(input.tags()));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        var tags = Tags.checked(input.tags());
        return metadata.transact(tx -> {
            Tags.of(tx, Stored.user(tx, caller, input.userName())).put(tags);
            return Done.DONE;
        });
    }
}
