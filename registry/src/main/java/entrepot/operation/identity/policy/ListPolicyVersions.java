package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.identity.MarkedPage;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Refusals;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The versions of a managed policy, the newest first, without their documents. Source: IAM API, ListPolicyVersions.
record ListPolicyVersions(MetadataStore metadata)
        implements Operation<ListPolicyVersions.Input, ListPolicyVersions.Output> {

    public record Input(
            Arn policyArn,
            @Nullable String marker,
            @Nullable Integer maxItems) {}

    public record Output(
            List<VersionView> versions,
            boolean isTruncated,
            @Nullable String marker) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onPolicy(caller, name(), input.policyArn());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var paging = MarkedPage.of("versions", input.maxItems(), input.marker());
        var versions = metadata.read(tx -> ManagedPolicy.find(tx, caller, input.policyArn())
                .orElseThrow(() -> Refusals.noSuchPolicy(input.policyArn()))
                .versions(tx));
        var page = paging.pageOfAll(versions, VersionView::order);
        return new Output(page.map(VersionView::withoutDocument), page.isTruncated(), page.marker());
    }
}
