package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.ResourceTag;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import java.util.List;
import java.util.stream.Stream;

/// Adds resource tags to a repository; one with a known key takes the old one's place. Source: ECR API, TagResource.
public final class TagResource implements Operation<TagResource.Input, TagResource.Output> {

    public record Input(String resourceArn, List<ResourceTag> tags) {}

    public record Output() {}

    private final MetadataStore metadata;
    private final Limits limits;

    TagResource(MetadataStore metadata, Limits limits) {
        this.metadata = metadata;
        this.limits = limits;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        var arn = ResourceArn.parse(caller, input.resourceArn());
        return List.of(Permissions.on(arn.registry(), arn.repository(), name())
                .giving(ResourceTags.given(input.tags(), limits)));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var arn = ResourceArn.parse(caller, input.resourceArn());
        return metadata.transact(tx -> {
            var repository = RepositoryLookup.require(tx, arn.registry(), arn.repository());
            var keys = Stream.concat(tx.repositories().tags(repository).stream(), input.tags().stream())
                    .map(ResourceTag::key)
                    .distinct();
            ResourceTags.checkCount(keys.count(), limits);
            tx.repositories().putTags(repository, input.tags());
            return new Output();
        });
    }
}
