package entrepot.operation.repository;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Law;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.store.MetadataStore;
import java.util.List;

/// Removes resource tags from a repository; absent keys do not matter. Source: ECR API, UntagResource.
public final class UntagResource implements Operation<UntagResource.Input, UntagResource.Output> {

    public record Input(String resourceArn, List<String> tagKeys) {}

    public record Output() {}

    private final MetadataStore metadata;

    UntagResource(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        var arn = ResourceArn.parse(caller, input.resourceArn());
        return List.of(
                Permissions.on(arn.registry(), arn.repository(), name()).about(ResourceTags.named(input.tagKeys())));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var arn = ResourceArn.parse(caller, input.resourceArn());
        return metadata.transact(tx -> {
            var repository = RepositoryLookup.require(tx, arn.registry(), arn.repository());
            tx.repositories().removeTags(repository, input.tagKeys());
            return new Output();
        });
    }
}
