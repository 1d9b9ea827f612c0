package entrepot.operation.identity.user;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.ResourceTag;
import entrepot.domain.UserName;
import entrepot.operation.Operation;
import entrepot.operation.identity.MarkedPage;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Stored;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tags of a user. Source: IAM API, ListUserTags.
public record ListUserTags(MetadataStore metadata) implements Operation<ListUserTags.Input, ListUserTags.Output> {

    public record Input(
            UserName userName,
            @Nullable String marker,
            @Nullable Integer maxItems) {}

    public record Output(
            List<ResourceTag> tags,
            boolean isTruncated,
            @Nullable String marker) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onUser(caller, name(), input.userName());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var paging = MarkedPage.of("user-tags", input.maxItems(), input.marker());
        var tags = metadata.read(tx -> tx.users().tags(Stored.user(tx, caller, input.userName())));
        var page = paging.pageOfAll(tags, ResourceTag::key);
        return new Output(page.entries(), page.isTruncated(), page.marker());
    }
}
