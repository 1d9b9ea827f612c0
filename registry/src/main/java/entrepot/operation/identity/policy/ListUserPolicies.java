package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.UserName;
import entrepot.operation.Operation;
import entrepot.operation.identity.MarkedPage;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Stored;
import entrepot.store.MetadataStore;
import entrepot.store.Users.InlinePolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names of the policies that are written into a user. Source: IAM API, ListUserPolicies.
public record ListUserPolicies(MetadataStore metadata)
        implements Operation<ListUserPolicies.Input, ListUserPolicies.Output> {

    public record Input(
            UserName userName,
            @Nullable String marker,
            @Nullable Integer maxItems) {}

    public record Output(
            List<String> policyNames,
            boolean isTruncated,
            @Nullable String marker) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onUser(caller, name(), input.userName());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var paging = MarkedPage.of("user-policies", input.maxItems(), input.marker());
        var policies = metadata.read(tx -> {
            var user = Stored.user(tx, caller, input.userName());
            return tx.users().policies(user, paging.after(), paging.oneMore());
        });
        var page = paging.page(policies, InlinePolicy::name);
        return new Output(page.map(InlinePolicy::name), page.isTruncated(), page.marker());
    }
}
