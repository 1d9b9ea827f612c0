package entrepot.operation.repository;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import java.util.List;

/// The operations on repositories.
///
/// @param describeRepositories which `/v2` calls too
public record RepositoryOperations(DescribeRepositories describeRepositories, List<Operation<?, ?>> all)
        implements Family {

    public static RepositoryOperations with(Means means) {
        var metadata = means.metadata();
        var describeRepositories = new DescribeRepositories(metadata);
        return new RepositoryOperations(
                describeRepositories,
                List.of(
                        describeRepositories,
                        new CreateRepository(metadata, means.vault(), means.decisions(), means.clock(), means.limits()),
                        new DeleteRepository(means.kept(), means.clock()),
                        new PutImageTagMutability(metadata),
                        new PutImageScanningConfiguration(metadata),
                        new SetRepositoryPolicy(metadata, means.clock()),
                        new GetRepositoryPolicy(metadata),
                        new DeleteRepositoryPolicy(metadata),
                        new TagResource(metadata, means.limits()),
                        new UntagResource(metadata),
                        new ListTagsForResource(metadata)));
    }
}
