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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The managed policies that are attached to a user. Source: IAM API, ListAttachedUserPolicies.
public record ListAttachedUserPolicies(MetadataStore metadata)
        implements Operation<ListAttachedUserPolicies.Input, ListAttachedUserPolicies.Output> {

    public record Input(
            UserName userName,
            @Nullable String pathPrefix,
            @Nullable String marker,
            @Nullable Integer maxItems) {}

    public record Output(
            List<AttachedPolicy> attachedPolicies,
            boolean isTruncated,
            @Nullable String marker) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onUser(caller, name(), input.userName());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var paging = MarkedPage.of("attached", input.maxItems(), input.marker());
        var policies = metadata.read(tx -> {
            var user = Stored.user(tx, caller, input.userName());
            return tx.users().attached(user).stream()
                    .flatMap(arn -> ManagedPolicy.find(tx, caller, arn.in(caller.partition())).stream())
                    .filter(policy ->
                            input.pathPrefix() == null || policy.path().startsWith(input.pathPrefix()))
                    .map(policy -> new AttachedPolicy(policy.name(), policy.arn()))
                    .toList();
        });
        var page = paging.pageOfAll(policies, AttachedPolicy::policyArn);
        return new Output(page.entries(), page.isTruncated(), page.marker());
    }

    /// A policy by its name and its ARN.
    public record AttachedPolicy(String policyName, String policyArn) {}
}
