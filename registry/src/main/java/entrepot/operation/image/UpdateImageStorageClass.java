package entrepot.operation.image;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.ImageStatus;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryName;
import entrepot.domain.StorageClass;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.operation.ImageChanges;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.image.ImageIds.Lookup;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.MetadataStore;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Archives an image, or brings it back. To the class that it has it goes at once. Source: ECR API,
/// UpdateImageStorageClass.
public final class UpdateImageStorageClass
        implements Operation<UpdateImageStorageClass.Input, UpdateImageStorageClass.Output> {

    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            ImageIdentifier imageId,
            StorageClass targetStorageClass) {}

    /// How it is after that.
    public record Output(
            AccountId registryId, RepositoryName repositoryName, ImageId imageId, ImageStatus imageStatus) {}

    private final MetadataStore metadata;
    private final ImageChanges changes;
    private final InstantSource clock;

    UpdateImageStorageClass(MetadataStore metadata, ImageChanges changes, InstantSource clock) {
        this.metadata = metadata;
        this.changes = changes;
        this.clock = clock;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        var image = metadata.transactGuarded(tx -> {
            var repository = RepositoryLookup.hold(tx, caller.registry(input.registryId()), input.repositoryName());
            var by = changes.by(caller, clock.instant());
            return update(new ImageArchive(tx, repository, by), input);
        });
        var tag = input.imageId().imageTag();
        return new Output(
                caller.registry(input.registryId()).account(),
                input.repositoryName(),
                new ImageId(image.digest(), tag == null ? null : new Tag(tag)),
                image.archival().status());
    }

    private static StoredImage update(ImageArchive archive, Input input) {
        var tx = archive.tx();
        var repository = archive.repository();
        var image = switch (ImageIds.hold(tx, repository, input.imageId())) {
            case Lookup.Found(var found) -> found;
            case Lookup.Failed(var failure) -> throw ImageIds.refusal(repository, "imageId", failure);
        };
        switch (input.targetStorageClass()) {
            case ARCHIVE -> archive(archive, image);
            case STANDARD -> restore(archive, image);
        }
        return tx.images().find(repository, image.digest()).orElseThrow();
    }

    private static void archive(ImageArchive archive, StoredImage image) {
        var parents = archive.tx().archive().standingParents(archive.repository(), image);
        if (!parents.isEmpty() && image.archival().status() != ImageStatus.ARCHIVED) {
            throw new RegistryException(new JsonAloneError.ImageStorageClassUpdateNotSupported(
                    archive.repository(), image.digest(), parents));
        }
        archive.archive(image);
    }

    private static void restore(ImageArchive archive, StoredImage image) {
        if (image.archival().status() == ImageStatus.ARCHIVED) {
            archive.restore(image);
        }
    }
}
