package entrepot.operation.scanning;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.StoredImage;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.operation.image.NamedImage;
import entrepot.operation.image.ScanStatusView;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Has an image scanned, by basic scanning alone. Source: ECR API, StartImageScan.
public final class StartImageScan implements Operation<StartImageScan.Input, StartImageScan.Output> {

    public record Input(@Nullable AccountId registryId, RepositoryName repositoryName, ImageIdentifier imageId) {}

    public record Output(
            AccountId registryId, RepositoryName repositoryName, ImageId imageId, ScanStatusView imageScanStatus) {}

    private final MetadataStore metadata;
    private final InstantSource clock;
    private final boolean canScan;

    StartImageScan(MetadataStore metadata, InstantSource clock, boolean canScan) {
        this.metadata = metadata;
        this.clock = clock;
        this.canScan = canScan;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            var repository = RepositoryLookup.require(tx, caller.registry(input.registryId()), input.repositoryName());
            var image = NamedImage.require(tx, repository, input.imageId());
            requireEnabled(tx, repository);
            refuseUnscannable(repository, image);
            new ScanRequests(tx, clock.instant()).start(repository, image);
            return new Output(
                    repository.registry().account(),
                    repository.name(),
                    NamedImage.answer(image, input.imageId()),
                    ScanStatusView.IN_PROGRESS);
        });
    }

    private void requireEnabled(Transaction tx, Repository repository) {
        if (!canScan || tx.scans().configuration(repository.registry()).type() != ScanningConfiguration.Type.BASIC) {
            throw new RegistryException(new JsonAloneError.FeatureDisabled());
        }
    }

    private static void refuseUnscannable(Repository repository, StoredImage image) {
        if (!Scannable.is(image)) {
            throw new RegistryException(
                    new JsonAloneError.UnsupportedImageType(repository, image.digest(), image.mediaType()));
        }
        if (!image.archival().isActive()) {
            throw new RegistryException(new JsonAloneError.ImageArchived(repository, image.digest()));
        }
    }
}
