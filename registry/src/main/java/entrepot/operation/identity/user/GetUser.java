package entrepot.operation.identity.user;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.UserName;
import entrepot.operation.Operation;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Stored;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A user, or without a name the caller. Source: IAM API, GetUser.
public record GetUser(MetadataStore metadata) implements Operation<GetUser.Input, GetUser.Output> {

    public record Input(@Nullable UserName userName) {}

    public record Output(UserView user) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onUser(caller, name(), input.userName());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return metadata.read(tx -> {
            var user = Stored.userOrCaller(tx, caller, input.userName());
            return new Output(
                    user == null
                            ? root(tx, caller)
                            : UserView.of(caller.partition(), user, tx.users().tags(user)));
        });
    }

    /// A root is as old as its key.
    private static UserView root(Transaction tx, Caller caller) {
        var principal = caller.principal();
        var created = tx.accessKeys()
                .find(principal.accessKeyId())
                .map(AccessKey::createdAt)
                .orElse(Instant.EPOCH);
        return new UserView(null, null, principal.id(), principal.arn(), created, null);
    }
}
