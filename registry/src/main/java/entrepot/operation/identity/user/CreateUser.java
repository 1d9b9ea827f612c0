package entrepot.operation.identity.user;

import entrepot.auth.Caller;
import entrepot.auth.NewKeys;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.ResourceTag;
import entrepot.domain.User;
import entrepot.domain.UserName;
import entrepot.operation.Operation;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Quotas;
import entrepot.operation.identity.Refusals;
import entrepot.operation.identity.Tags;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes a user, who may do nothing yet. Source: IAM API, CreateUser.
record CreateUser(MetadataStore metadata, NewKeys keys, InstantSource clock)
        implements Operation<CreateUser.Input, CreateUser.Output> {

    public record Input(
            @Nullable String path,
            UserName userName,
            @Nullable String permissionsBoundary,
            @Nullable List<ResourceTag> tags) {}

    public record Output(UserView user) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        var arn = User.arn(
                caller.partition(),
                Needs.account(caller),
                path(input),
                input.userName().value());
        return new Needs(metadata).onNew(caller, name(), "TagUser", arn, input.tags());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        if (input.permissionsBoundary() != null) {
            throw Refusals.input("Permissions boundaries are not supported by this registry.");
        }
        var tags = Tags.checked(input.tags());
        var user = new User(keys.id("AIDA"), Needs.account(caller), path(input), input.userName(), clock.instant());
        return metadata.transact(tx -> {
            requireRoom(tx, user);
            tx.users().create(user);
            tx.users().putTags(user, tags);
            return new Output(UserView.of(caller.partition(), user, tags));
        });
    }

    private static void requireRoom(Transaction tx, User user) {
        if (tx.users().find(user.account(), user.name()).isPresent()) {
            throw Refusals.exists("User with name %s already exists.".formatted(user.name()));
        }
        if (tx.users().count(user.account()) >= Quotas.USERS) {
            throw Refusals.quota("UsersPerAccount", Quotas.USERS);
        }
    }

    private static String path(Input input) {
        return input.path() == null ? "/" : input.path();
    }
}
