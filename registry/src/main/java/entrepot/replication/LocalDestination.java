package entrepot.replication;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.Digest;
import entrepot.domain.ImageError;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Law;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryArn;
import entrepot.domain.Tag;
import entrepot.operation.Operation;
import entrepot.operation.Permissions;
import entrepot.operation.image.BatchDeleteImage;
import entrepot.operation.image.PutImage;
import entrepot.operation.layer.CompleteLayerUpload;
import entrepot.operation.layer.InitiateLayerUpload;
import entrepot.operation.layer.SharedLayers;
import entrepot.operation.layer.UploadLayerPart;
import entrepot.operation.repository.PushTargets.PushTo;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A registry of this server. It goes through the operations that anybody's push goes through, in the name of the
/// source's root, who needs ReplicateImage there, and CreateRepository where the repository is new.
///
/// Source: ECR user guide, "Private image replication in Amazon ECR", on permissions between accounts.
public record LocalDestination(LocalMeans means, RegistryId registry) implements Destination {

    @Override
    public boolean has(RepositoryArn repository, Digest image) {
        return means.metadata()
                .read(tx -> tx.repositories()
                        .find(registry, repository.repository())
                        .flatMap(target -> tx.images().find(target, image))
                        .filter(found -> found.archival().isActive()))
                .isPresent();
    }

    private Optional<Repository> target(RepositoryArn repository) {
        return means.metadata().read(tx -> tx.repositories().find(registry, repository.repository()));
    }

    @Override
    public void layer(RepositoryArn repository, Digest layer) {
        var caller = caller(repository);
        var operation = means.layers().initiateLayerUpload();
        means.door().decisions().require(caller, operation, needs(repository));
        var target = means.targets().require(PushTo.of(caller, operation, null, repository.repository()));
        if (!isThere(target, layer) && !means.shared().share(source(repository, layer), target)) {
            copy(caller, repository, layer);
        }
    }

    private boolean isThere(Repository target, Digest layer) {
        return means.metadata().read(tx -> tx.layers().find(target, List.of(layer))).values().stream()
                .anyMatch(found -> found.isWhole());
    }

    private static SharedLayers.Source source(RepositoryArn repository, Digest layer) {
        return new SharedLayers.Source(repository.registry(), repository.repository(), layer);
    }

    /// Under another key, or damaged where it lies and whole where it comes from. What is cut off goes as other uploads
    /// do that nobody ends.
    private void copy(Caller caller, RepositoryArn repository, Digest layer) {
        var name = repository.repository();
        var layers = means.layers();
        var bytes = means.sources().open(repository, layer);
        var size = bytes.size();
        var upload = call(caller, repository, layers.initiateLayerUpload(), new InitiateLayerUpload.Input(null, name))
                .uploadId();
        if (size > 0) {
            var part = new UploadLayerPart.Input(
                    null, name, upload, null, null, bytes.bytes().open(0, size));
            call(caller, repository, layers.uploadLayerPart(), part);
        }
        call(
                caller,
                repository,
                layers.completeLayerUpload(),
                new CompleteLayerUpload.Input(null, name, upload, List.of(layer.toString())));
    }

    @Override
    public void put(RepositoryArn repository, Digest image, Brought manifest) {
        if (manifest.tags().isEmpty()) {
            put(repository, image, manifest, null);
        }
        for (var tag : manifest.tags()) {
            try {
                put(repository, image, manifest, tag);
            } catch (RegistryException e) {
                if (!(e.error() instanceof ImageError.ImageTagAlreadyExists)) {
                    throw e;
                }
                put(repository, image, manifest, null);
            }
        }
    }

    private void put(RepositoryArn repository, Digest image, Brought manifest, @Nullable Tag tag) {
        var type = manifest.type().value();
        var input = new PutImage.Input(null, repository.repository(), manifest.bytes(), type, tag, image);
        call(caller(repository), repository, means.images().putImage(), input);
    }

    @Override
    public void untag(RepositoryArn repository, Tag tag, Digest image) {
        delete(repository, new ImageIdentifier(image.toString(), tag.name()));
    }

    @Override
    public void untag(RepositoryArn repository, Tag tag) {
        delete(repository, new ImageIdentifier(null, tag.name()));
    }

    @Override
    public void delete(RepositoryArn repository, Digest image) {
        delete(repository, new ImageIdentifier(image.toString(), null));
    }

    /// Where it is not there, or a list names it, it stays so.
    private void delete(RepositoryArn repository, ImageIdentifier id) {
        if (target(repository).isPresent()) {
            var input = new BatchDeleteImage.Input(null, repository.repository(), List.of(id));
            call(caller(repository), repository, means.images().batchDeleteImage(), input);
        }
    }

    private <I, O> O call(Caller caller, RepositoryArn repository, Operation<I, O> operation, I input) {
        return means.door().call(caller, Law.OCI, operation, input, needs(repository));
    }

    private List<Permission> needs(RepositoryArn repository) {
        return List.of(Permissions.on(registry, repository.repository(), "ReplicateImage"));
    }

    private Caller caller(RepositoryArn repository) {
        var source = SourceLayers.caller(repository);
        return new Caller(source.principal(), registry, source.address(), source.origin())
                .replicating(repository.registry());
    }
}
