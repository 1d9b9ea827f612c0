package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.identity.MarkedPage;
import entrepot.operation.identity.Needs;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The managed policies of the account's own, AWS's, or both: AWS's first. Source: IAM API, ListPolicies.
record ListPolicies(MetadataStore metadata) implements Operation<ListPolicies.Input, ListPolicies.Output> {

    public record Input(
            @Nullable String scope,
            @Nullable Boolean onlyAttached,
            @Nullable String pathPrefix,
            @Nullable String policyUsageFilter,
            @Nullable String marker,
            @Nullable Integer maxItems) {}

    public record Output(
            List<PolicyView> policies,
            boolean isTruncated,
            @Nullable String marker) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(new Needs(metadata).permission(caller, name(), Arn.ANY));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var paging = MarkedPage.of("policies", input.maxItems(), input.marker());
        return metadata.read(tx -> {
            var page = paging.page(new PolicyList(tx, caller, input).read(paging), PolicyList.Entry::key);
            return new Output(page.map(PolicyList.Entry::view), page.isTruncated(), page.marker());
        });
    }
}
