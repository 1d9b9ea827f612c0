package entrepot.operation.image;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.ImageChange.Kind;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Law;
import entrepot.domain.Precondition;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.operation.ImageChanges;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.image.ImageIds.Lookup;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Deletes images by digest and tags by name; what cannot be deleted is a failure of its own and stops nothing else.
/// Source: ECR API, BatchDeleteImage; a `DELETE` of a manifest on `/v2` is the same.
public final class BatchDeleteImage implements Operation<BatchDeleteImage.Input, BatchDeleteImage.Output> {

    /// The images, each by digest, tag or both.
    ///
    /// @param precondition on the one that is named; only `/v2` has a form for it, and it names one
    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            List<ImageIdentifier> imageIds,
            @Nullable Precondition precondition) {

        public Input(@Nullable AccountId registryId, RepositoryName repositoryName, List<ImageIdentifier> imageIds) {
            this(registryId, repositoryName, imageIds, null);
        }
    }

    /// An entry for each tag that went, and one for each image that had none.
    public record Output(List<ImageId> imageIds, List<ImageFailure> failures) {}

    /// How many images of one converted digest go with one request; they differ in spaces alone.
    private static final int MOST_TWINS = 100;

    private final MetadataStore metadata;
    private final ImageChanges changes;
    private final InstantSource clock;

    BatchDeleteImage(MetadataStore metadata, ImageChanges changes, InstantSource clock) {
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
        return metadata.transactGuarded(tx -> {
            var repository = RepositoryLookup.hold(tx, caller.registry(input.registryId()), input.repositoryName());
            var by = changes.by(caller, clock.instant());
            var removal = new ImageRemoval(tx, repository, Kind.DELETE, by);
            return new Deletion(removal, law, new ImageState(tx, repository, input.precondition()))
                    .all(input.imageIds());
        });
    }

    private record Deletion(ImageRemoval removal, Law law, ImageState state) {

        Output all(List<ImageIdentifier> ids) {
            var deleted = new ArrayList<ImageId>();
            var failures = new ArrayList<ImageFailure>();
            for (var id : ids.stream().distinct().toList()) {
                switch (ImageIds.hold(tx(), repository(), id)) {
                    case Lookup.Failed(var failure) ->
                        converted(id, failure, deleted).ifPresent(failures::add);
                    case Lookup.Found(var image) -> one(id, image, deleted).ifPresent(failures::add);
                }
            }
            return new Output(deleted, failures);
        }

        private Optional<ImageFailure> one(ImageIdentifier id, StoredImage image, List<ImageId> deleted) {
            if (id.imageTag() == null) {
                return images(id, List.of(image), deleted);
            }
            var tag = new Tag(id.imageTag());
            state.require(tag);
            if (law.lastTagTakesTheImage() && removal.tagsOf(image).size() == 1) {
                return images(id, List.of(image), deleted);
            }
            deleted.add(removal.untag(image, tag));
            return Optional.empty();
        }

        /// By the digest of their other form, all images that have it: it is served as long as one is there.
        private Optional<ImageFailure> converted(ImageIdentifier id, ImageFailure notFound, List<ImageId> deleted) {
            var images = id.imageDigest() == null || id.imageTag() != null
                    ? List.<StoredImage>of()
                    : Digest.find(id.imageDigest())
                            .map(digest -> tx().images().allConverted(repository(), digest, MOST_TWINS))
                            .orElse(List.of())
                            .stream()
                            .flatMap(image -> tx().images().hold(repository(), image.digest()).stream())
                            .toList();
            return images.isEmpty() ? Optional.of(notFound) : images(id, images, deleted);
        }

        /// All of them or none.
        private Optional<ImageFailure> images(ImageIdentifier id, List<StoredImage> images, List<ImageId> deleted) {
            var parents = new ArrayList<Digest>();
            for (var image : images) {
                state.require(image.digest());
                parents.addAll(tx().images().parentsOf(repository(), image));
            }
            if (!parents.isEmpty()) {
                return Optional.of(new ImageFailure(id, ImageRemoval.REFERENCED, ImageRemoval.reason(parents)));
            }
            images.forEach(image -> deleted.addAll(removal.remove(image)));
            return Optional.empty();
        }

        private Transaction tx() {
            return removal.tx();
        }

        private Repository repository() {
            return removal.repository();
        }
    }
}
