package entrepot.operation.identity.key;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.UserName;
import entrepot.operation.Operation;
import entrepot.operation.identity.MarkedPage;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Stored;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of a user, or of the caller. Source: IAM API, ListAccessKeys.
public record ListAccessKeys(MetadataStore metadata) implements Operation<ListAccessKeys.Input, ListAccessKeys.Output> {

    public record Input(
            @Nullable UserName userName,
            @Nullable String marker,
            @Nullable Integer maxItems) {}

    public record Output(
            List<KeyView> accessKeyMetadata,
            boolean isTruncated,
            @Nullable String marker) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onUser(caller, name(), input.userName());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var paging = MarkedPage.of("access-keys", input.maxItems(), input.marker());
        var keys = metadata.read(tx -> {
            var user = Stored.userOrCaller(tx, caller, input.userName());
            return tx.accessKeys().of(Needs.account(caller), user);
        });
        var page = paging.pageOfAll(keys, AccessKey::id);
        return new Output(page.map(KeyView::of), page.isTruncated(), page.marker());
    }
}
