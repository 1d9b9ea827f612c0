package entrepot.operation.signing;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Law;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.SigningStatus;
import entrepot.domain.StoredImage;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.operation.image.NamedImage;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.MetadataStore;
import entrepot.store.Signings.State;
import entrepot.store.Transaction;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How it fares with each signature of an image. Of one that no rule matched it tells none. Source: ECR API,
/// DescribeImageSigningStatus.
public final class DescribeImageSigningStatus
        implements Operation<DescribeImageSigningStatus.Input, DescribeImageSigningStatus.Output> {

    public record Input(
            RepositoryName repositoryName,
            ImageIdentifier imageId,
            @Nullable AccountId registryId) {}

    public record Output(
            RepositoryName repositoryName, ImageId imageId, AccountId registryId, List<StatusView> signingStatuses) {}

    /// ECR's `ImageSigningStatus`.
    public record StatusView(
            String signingProfileArn,
            @Nullable String failureCode,
            @Nullable String failureReason,
            SigningStatus status) {

        private static StatusView of(State state) {
            return new StatusView(state.profile().value(), state.code(), state.reason(), state.status());
        }
    }

    private final MetadataStore metadata;

    DescribeImageSigningStatus(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var registry = caller.registry(input.registryId());
        return metadata.read(tx -> {
            var repository = RepositoryLookup.require(tx, registry, input.repositoryName());
            var image = NamedImage.require(tx, repository, input.imageId());
            return new Output(
                    repository.name(),
                    NamedImage.answer(image, input.imageId()),
                    registry.account(),
                    statuses(tx, repository, image));
        });
    }

    /// What is not decided yet is on its way already, unless it is there.
    private static List<StatusView> statuses(Transaction tx, Repository repository, StoredImage image) {
        var statuses = new TreeMap<String, StatusView>();
        tx.signings()
                .states(image)
                .forEach(state -> statuses.put(state.profile().value(), StatusView.of(state)));
        for (var push : tx.signings().pushes(image)) {
            for (var profile : push.rules().profiles(repository.name())) {
                statuses.merge(
                        profile.value(),
                        new StatusView(profile.value(), null, null, SigningStatus.IN_PROGRESS),
                        (known, begun) -> known.status() == SigningStatus.COMPLETE ? known : begun);
            }
        }
        return List.copyOf(statuses.values());
    }
}
