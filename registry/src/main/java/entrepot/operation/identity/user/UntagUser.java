package entrepot.operation.identity.user;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.UserName;
import entrepot.operation.Operation;
import entrepot.operation.identity.Done;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Stored;
import entrepot.operation.identity.Tags;
import entrepot.store.MetadataStore;
import java.util.List;

/// Removes tags from a user. Source: IAM API, UntagUser.
record UntagUser(MetadataStore metadata) implements Operation<UntagUser.Input, Done> {

    public record Input(UserName userName, List<String> tagKeys) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(
                new Needs(metadata).user(caller, name(), input.userName()).about(input.tagKeys()));
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            Tags.of(tx, Stored.user(tx, caller, input.userName())).remove(input.tagKeys());
            return Done.DONE;
        });
    }
}
