package entrepot.operation.image;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Law;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.image.ImageIds.Lookup;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Where an image goes, and whether it has come there. Of one that no rule is for it tells nothing. Source: ECR API,
/// DescribeImageReplicationStatus.
public final class DescribeImageReplicationStatus
        implements Operation<DescribeImageReplicationStatus.Input, DescribeImageReplicationStatus.Output> {

    public record Input(
            RepositoryName repositoryName,
            ImageIdentifier imageId,
            @Nullable AccountId registryId) {}

    public record Output(RepositoryName repositoryName, ImageId imageId, List<DestinationStatus> replicationStatuses) {}

    /// ECR's `ImageReplicationStatus`.
    public record DestinationStatus(
            String region,
            AccountId registryId,
            Status status,
            @Nullable String failureCode) {

        private static DestinationStatus of(String destination, Status status, @Nullable String failure) {
            var registry = RegistryId.parse(destination);
            return new DestinationStatus(registry.region(), registry.account(), status, failure);
        }
    }

    /// ECR's `ReplicationStatus`.
    public enum Status {
        IN_PROGRESS,
        COMPLETE,
        FAILED
    }

    private final MetadataStore metadata;

    DescribeImageReplicationStatus(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return metadata.read(tx -> {
            var repository = RepositoryLookup.require(tx, caller.registry(input.registryId()), input.repositoryName());
            var image = switch (ImageIds.find(tx, repository, input.imageId())) {
                case Lookup.Found(var found) -> found;
                case Lookup.Failed(var failure) -> throw ImageIds.refusal(repository, "imageId", failure);
            };
            var tag = input.imageId().imageTag();
            var id = new ImageId(image.digest(), tag == null ? null : new Tag(tag));
            return new Output(repository.name(), id, statuses(tx, repository, image));
        });
    }

    private static List<DestinationStatus> statuses(Transaction tx, Repository repository, StoredImage image) {
        var statuses = new TreeMap<String, DestinationStatus>();
        tx.replication()
                .results(image)
                .forEach(result -> statuses.put(
                        result.destination(),
                        DestinationStatus.of(
                                result.destination(),
                                result.failure() == null ? Status.COMPLETE : Status.FAILED,
                                result.failure())));
        awaiting(tx, repository, image)
                .forEach(destination ->
                        statuses.put(destination, DestinationStatus.of(destination, Status.IN_PROGRESS, null)));
        return List.copyOf(statuses.values());
    }

    private static Set<String> awaiting(Transaction tx, Repository repository, StoredImage image) {
        var awaiting = new HashSet<>(tx.replication().waitingFor(repository, image.digest()));
        tx.replication().freshOf(repository, image.digest()).stream()
                .filter(fresh -> fresh.change().kind().brings())
                .flatMap(fresh -> fresh
                        .rules()
                        .destinations(repository.name(), fresh.change().kind())
                        .stream())
                .map(RegistryId::toString)
                .forEach(awaiting::add);
        return awaiting;
    }
}
