package entrepot.operation.identity.user;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.User;
import entrepot.domain.UserName;
import entrepot.operation.Operation;
import entrepot.operation.identity.Done;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Refusals;
import entrepot.operation.identity.Stored;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.List;

/// Removes a user that has no keys and no policies left. Source: IAM API, DeleteUser.
record DeleteUser(MetadataStore metadata) implements Operation<DeleteUser.Input, Done> {

    public record Input(UserName userName) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onUser(caller, name(), input.userName());
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            var user = Stored.user(tx, caller, input.userName());
            requireBare(tx, user);
            tx.users().delete(user);
            return Done.DONE;
        });
    }

    private static void requireBare(Transaction tx, User user) {
        if (!tx.accessKeys().of(user.account(), user).isEmpty()) {
            throw Refusals.conflict("Cannot delete entity, must delete access keys first.");
        }
        if (!tx.users().policies(user, null, 1).isEmpty()) {
            throw Refusals.conflict("Cannot delete entity, must delete policies first.");
        }
        if (!tx.users().attached(user).isEmpty()) {
            throw Refusals.conflict("Cannot delete entity, must detach all policies first.");
        }
    }
}
