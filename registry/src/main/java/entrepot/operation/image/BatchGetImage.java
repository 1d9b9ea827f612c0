package entrepot.operation.image;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Law;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Manifests by tag or digest, exactly as they were pushed. Source: ECR API, BatchGetImage; a `GET` of a manifest on
/// `/v2` is the same.
public final class BatchGetImage implements Operation<BatchGetImage.Input, BatchGetImage.Output> {

    /// So that a hundred of the largest manifests do not fill the memory; in bytes.
    private static final long MOST_BYTES = 16L << 20;

    public record Input(
            @Nullable String registryId,
            RepositoryName repositoryName,
            List<ImageIdentifier> imageIds,
            @Nullable List<String> acceptedMediaTypes) {}

    public record Output(List<ImageView> images, List<ImageFailure> failures) {}

    private final MetadataStore metadata;

    public BatchGetImage(MetadataStore metadata) {
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
            return get(tx, repository, input.imageIds());
        });
    }

    private static Output get(Transaction tx, Repository repository, List<ImageIdentifier> ids) {
        var images = new ArrayList<ImageView>();
        var failures = new ArrayList<ImageFailure>();
        var bytes = 0L;
        for (var id : ids.stream().distinct().toList()) {
            switch (ImageIds.find(tx, repository, id)) {
                case Lookup.Failed(var failure) -> failures.add(failure);
                case Lookup.Found(var image) -> {
                    bytes += image.manifestSize();
                    refuseTooMuch(bytes);
                    images.add(view(tx, repository, id, image));
                }
            }
        }
        return new Output(images, failures);
    }

    private static ImageView view(Transaction tx, Repository repository, ImageIdentifier asked, StoredImage image) {
        var tag = asked.imageTag() == null ? null : new Tag(asked.imageTag());
        return ImageView.of(
                repository, new ImageId(image.digest(), tag), tx.images().manifest(image), image.mediaType());
    }

    private static void refuseTooMuch(long bytes) {
        if (bytes > MOST_BYTES) {
            throw new RegistryException(new RegistryError.LimitExceeded(
                    "The manifests asked for have more than %d bytes together. Ask for fewer at once"
                            .formatted(MOST_BYTES)));
        }
    }
}
