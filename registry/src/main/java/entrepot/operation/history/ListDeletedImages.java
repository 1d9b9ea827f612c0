package entrepot.operation.history;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Digest;
import entrepot.domain.Law;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.MetadataStore;
import java.time.Instant;
import java.util.List;

/// The deleted images of a repository that may be had back, the one that was deleted last first. It has no form
/// on the wire; the console asks it. Whoever may see the images that are there may see those that were.
public record ListDeletedImages(MetadataStore metadata)
        implements Operation<ListDeletedImages.Input, ListDeletedImages.Output> {

    /// How many are told of.
    static final int MOST = 100;

    public record Input(RepositoryName repositoryName) {}

    /// Those that were deleted last.
    ///
    /// @param isAll whether there are no more
    public record Output(List<Deleted> images, boolean isAll) {}

    /// An image that was.
    ///
    /// @param tags that went with it
    /// @param size in bytes
    public record Deleted(Digest digest, List<Tag> tags, long size, Instant pushedAt, Instant deletedAt) {}

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(), input.repositoryName(), "DescribeImages"));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return metadata.read(tx -> {
            var repository = RepositoryLookup.require(tx, caller.registry(), input.repositoryName());
            var gone = tx.history().gone(repository, null, MOST + 1);
            return new Output(
                    gone.stream()
                            .limit(MOST)
                            .map(one -> new Deleted(
                                    one.image().digest(),
                                    tx.history().tagsOf(repository, one),
                                    one.image().imageSize(),
                                    one.image().pushedAt(),
                                    one.deletedAt()))
                            .toList(),
                    gone.size() <= MOST);
        });
    }
}
