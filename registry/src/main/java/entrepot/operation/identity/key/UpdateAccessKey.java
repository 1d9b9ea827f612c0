package entrepot.operation.identity.key;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.UserName;
import entrepot.operation.Operation;
import entrepot.operation.identity.Done;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Refusals;
import entrepot.operation.identity.Stored;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a key inactive, or active again. Source: IAM API, UpdateAccessKey.
record UpdateAccessKey(MetadataStore metadata) implements Operation<UpdateAccessKey.Input, Done> {

    public record Input(@Nullable UserName userName, String accessKeyId, String status) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onUser(caller, name(), input.userName());
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        if (!input.status().equals(KeyView.ACTIVE) && !input.status().equals(KeyView.INACTIVE)) {
            throw Refusals.input("A key can be made Active or Inactive, not %s.".formatted(input.status()));
        }
        return metadata.transact(tx -> {
            var owner = Stored.userOrCaller(tx, caller, input.userName());
            var key = Stored.key(tx, caller, owner, input.accessKeyId());
            tx.accessKeys().setActive(key.id(), input.status().equals(KeyView.ACTIVE));
            return Done.DONE;
        });
    }
}
