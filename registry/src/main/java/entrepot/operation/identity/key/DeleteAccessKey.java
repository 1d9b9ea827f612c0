package entrepot.operation.identity.key;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.UserName;
import entrepot.operation.Operation;
import entrepot.operation.identity.Done;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Stored;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Removes a key, which is dead with the next request. Source: IAM API, DeleteAccessKey.
record DeleteAccessKey(MetadataStore metadata) implements Operation<DeleteAccessKey.Input, Done> {

    public record Input(@Nullable UserName userName, String accessKeyId) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onUser(caller, name(), input.userName());
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            var owner = Stored.userOrCaller(tx, caller, input.userName());
            tx.accessKeys()
                    .delete(Stored.key(tx, caller, owner, input.accessKeyId()).id());
            return Done.DONE;
        });
    }
}
