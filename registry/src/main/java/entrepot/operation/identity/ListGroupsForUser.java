package entrepot.operation.identity;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The groups that a user is in: none, since there are no groups here. Source: IAM API, ListGroupsForUser.
public record ListGroupsForUser(MetadataStore metadata)
        implements Operation<ListGroupsForUser.Input, ListGroupsForUser.Output> {

    public record Input(
            String userName,
            @Nullable String marker,
            @Nullable Integer maxItems) {}

    public record Output(
            List<String> groups,
            boolean isTruncated,
            @Nullable String marker) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onUser(caller, name(), input.userName());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        Paging.of("groups", input.maxItems(), input.marker());
        return metadata.read(tx -> {
            Stored.user(tx, caller, input.userName());
            return new Output(List.of(), false, null);
        });
    }
}
