package entrepot.operation.identity.policy;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Arn;
import entrepot.domain.Law;
import entrepot.domain.ResourceTag;
import entrepot.operation.Operation;
import entrepot.operation.identity.MarkedPage;
import entrepot.operation.identity.Needs;
import entrepot.operation.identity.Refusals;
import entrepot.store.MetadataStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tags of a managed policy; one of AWS's has none. Source: IAM API, ListPolicyTags.
record ListPolicyTags(MetadataStore metadata) implements Operation<ListPolicyTags.Input, ListPolicyTags.Output> {

    public record Input(
            Arn policyArn,
            @Nullable String marker,
            @Nullable Integer maxItems) {}

    public record Output(
            List<ResourceTag> tags,
            boolean isTruncated,
            @Nullable String marker) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return new Needs(metadata).onPolicy(caller, name(), input.policyArn());
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var paging = MarkedPage.of("policy-tags", input.maxItems(), input.marker());
        var tags = metadata.read(tx -> ManagedPolicy.find(tx, caller, input.policyArn())
                .orElseThrow(() -> Refusals.noSuchPolicy(input.policyArn()))
                .tags(tx));
        var page = paging.pageOfAll(tags, ResourceTag::key);
        return new Output(page.entries(), page.isTruncated(), page.marker());
    }
}
