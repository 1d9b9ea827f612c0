package entrepot.operation.image;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Law;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Deletes images by digest and tags by name; what cannot be deleted is a failure of its own and stops nothing else.
/// Source: ECR API, BatchDeleteImage; a `DELETE` of a manifest on `/v2` is the same.
public final class BatchDeleteImage implements Operation<BatchDeleteImage.Input, BatchDeleteImage.Output> {

    public record Input(@Nullable String registryId, RepositoryName repositoryName, List<ImageIdentifier> imageIds) {}

    /// An entry for each tag that went, and one for each image that had none.
    public record Output(List<ImageId> imageIds, List<ImageFailure> failures) {}

    private final MetadataStore metadata;

    BatchDeleteImage(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        return metadata.transact(tx -> {
            var repository = RepositoryLookup.require(tx, caller.registry(input.registryId()), input.repositoryName());
            return new Deletion(tx, repository, law).all(input.imageIds());
        });
    }

    private record Deletion(Transaction tx, Repository repository, Law law) {

        Output all(List<ImageIdentifier> ids) {
            var deleted = new ArrayList<ImageId>();
            var failures = new ArrayList<ImageFailure>();
            for (var id : ids.stream().distinct().toList()) {
                switch (ImageIds.find(tx, repository, id)) {
                    case Lookup.Failed(var failure) -> failures.add(failure);
                    case Lookup.Found(var image) -> one(id, image, deleted).ifPresent(failures::add);
                }
            }
            return new Output(deleted, failures);
        }

        private Optional<ImageFailure> one(ImageIdentifier id, StoredImage image, List<ImageId> deleted) {
            var tags = tx.images().tagsOf(repository, List.of(image)).getOrDefault(image.id(), List.of());
            if (id.imageTag() == null) {
                return image(id, image, tags, deleted);
            }
            var tag = new Tag(id.imageTag());
            if (law.lastTagTakesTheImage() && tags.size() == 1) {
                return image(id, image, tags, deleted);
            }
            tx.images().untag(repository, tag);
            deleted.add(new ImageId(image.digest(), tag));
            return Optional.empty();
        }

        private Optional<ImageFailure> image(
                ImageIdentifier id, StoredImage image, List<Tag> tags, List<ImageId> deleted) {
            var parents = tx.images().parentsOf(repository, image);
            if (!parents.isEmpty()) {
                return Optional.of(new ImageFailure(
                        id,
                        "ImageReferencedByManifestList",
                        "Requested image referenced by manifest list: " + parents));
            }
            tx.images().delete(repository, image);
            tags.forEach(tag -> deleted.add(new ImageId(image.digest(), tag)));
            if (tags.isEmpty()) {
                deleted.add(new ImageId(image.digest(), null));
            }
            return Optional.empty();
        }
    }
}
