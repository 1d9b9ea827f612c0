package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.domain.User;
import entrepot.operation.Operation;
import entrepot.operation.identity.MarkedPage;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Refusals;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// To whom in the caller's account a managed policy is attached: users, since there are no groups and no roles here,
/// and no permissions boundaries. Source: IAM API, ListEntitiesForPolicy.
record ListEntitiesForPolicy(MetadataStore metadata)
        implements Operation<ListEntitiesForPolicy.Input, ListEntitiesForPolicy.Output> {

    public record Input(
            Arn policyArn,
            @Nullable String entityFilter,
            @Nullable String pathPrefix,
            @Nullable String policyUsageFilter,
            @Nullable String marker,
            @Nullable Integer maxItems) {

        boolean asksForUsers() {
            return (entityFilter == null || entityFilter.equals("User"))
                    && !"PermissionsBoundary".equals(policyUsageFilter);
        }
    }

    public record Output(
            List<String> policyGroups,
            List<PolicyUser> policyUsers,
            List<String> policyRoles,
            boolean isTruncated,
            @Nullable String marker) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onPolicy(caller, name(), input.policyArn());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var paging = MarkedPage.of("entities", input.maxItems(), input.marker());
        var page = paging.page(
                metadata.read(tx -> users(tx, caller, input, paging)),
                user -> user.name().value());
        return new Output(List.of(), page.map(PolicyUser::of), List.of(), page.isTruncated(), page.marker());
    }

    private static List<User> users(Transaction tx, Caller caller, Input input, MarkedPage paging) {
        var account = Needs.account(caller);
        var policy = input.policyArn();
        if (ManagedPolicy.find(tx, caller, policy).isEmpty()) {
            throw Refusals.noSuchPolicy(input.policyArn());
        }
        var prefix = input.pathPrefix() == null ? "/" : input.pathPrefix();
        return input.asksForUsers()
                ? tx.users().attachedTo(account, policy, prefix, paging.after(), paging.oneMore())
                : List.of();
    }

    /// A user by its name and its id.
    public record PolicyUser(String userName, String userId) {
        static PolicyUser of(User user) {
            return new PolicyUser(user.name().value(), user.id());
        }
    }
}
