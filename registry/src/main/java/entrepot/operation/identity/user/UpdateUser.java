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
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Gives a user another name or path, and so another ARN. Its id, keys and policies stay. Needs the
/// right to do so to both ARNs. Source: IAM API, UpdateUser.
record UpdateUser(MetadataStore metadata) implements Operation<UpdateUser.Input, Done> {

    public record Input(
            UserName userName,
            @Nullable String newPath,
            @Nullable UserName newUserName) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        var needs = new Needs(metadata);
        var stored = metadata.read(tx -> tx.users().find(Needs.account(caller), input.userName()));
        return Stream.concat(
                        needs.onUser(caller, name(), input.userName()).stream(),
                        stored.map(user -> needs.renamed(caller, name(), renamed(user, input))).stream())
                .distinct()
                .toList();
    }

    @Override
    public Done run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            var user = Stored.user(tx, caller, input.userName());
            var renamed = renamed(user, input);
            var taken = tx.users()
                    .find(user.account(), renamed.name())
                    .filter(other -> !other.id().equals(user.id()));
            if (taken.isPresent()) {
                throw Refusals.exists("User with name %s already exists.".formatted(renamed.name()));
            }
            tx.users().rename(renamed);
            return Done.DONE;
        });
    }

    private static User renamed(User user, Input input) {
        return new User(
                user.id(),
                user.account(),
                input.newPath() == null ? user.path() : input.newPath(),
                input.newUserName() == null ? user.name() : input.newUserName(),
                user.createdAt());
    }
}
