package entrepot.operation.identity.user;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.User;
import entrepot.operation.Operation;
import entrepot.operation.identity.MarkedPage;
import entrepot.operation.identity.Needs;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The users of the account whose path begins with a prefix. Source: IAM API, ListUsers.
public record ListUsers(MetadataStore metadata) implements Operation<ListUsers.Input, ListUsers.Output> {

    public record Input(
            @Nullable String pathPrefix,
            @Nullable String marker,
            @Nullable Integer maxItems) {}

    public record Output(
            List<UserView> users,
            boolean isTruncated,
            @Nullable String marker) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(new Needs(metadata)
                .permission(caller, name(), User.arn(caller.partition(), Needs.account(caller), prefix(input), "")));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var paging = MarkedPage.of("users", input.maxItems(), input.marker());
        var users = metadata.read(
                tx -> tx.users().list(Needs.account(caller), prefix(input), paging.after(), paging.oneMore()));
        var page = paging.page(users, user -> user.name().value());
        return new Output(
                page.map(user -> UserView.of(caller.partition(), user, null)), page.isTruncated(), page.marker());
    }

    private static String prefix(Input input) {
        return input.pathPrefix() == null ? "/" : input.pathPrefix();
    }
}
