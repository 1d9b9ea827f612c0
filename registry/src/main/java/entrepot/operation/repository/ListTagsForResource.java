package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.ResourceTag;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import java.util.List;

/// The resource tags of a repository. Source: ECR API, ListTagsForResource.
public final class ListTagsForResource implements Operation<ListTagsForResource.Input, ListTagsForResource.Output> {

    public record Input(String resourceArn) {}

    public record Output(List<ResourceTag> tags) {}

    private final MetadataStore metadata;

    ListTagsForResource(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        var arn = ResourceArn.parse(caller, input.resourceArn());
        return List.of(Permissions.on(arn.registry(), arn.repository(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var arn = ResourceArn.parse(caller, input.resourceArn());
        return metadata.read(tx ->
                new Output(tx.repositories().tags(RepositoryLookup.require(tx, arn.registry(), arn.repository()))));
    }
}
