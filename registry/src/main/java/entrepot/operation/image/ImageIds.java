package entrepot.operation.image;

import entrepot.domain.Digest;
import entrepot.domain.ImageError;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.JsonAloneError;
import entrepot.domain.Reference;
import entrepot.domain.RegistryException;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.store.Transaction;
import java.util.Optional;
import java.util.function.Function;

/// Finds the image that one member of a batch names, or says why not.
final class ImageIds {

    private ImageIds() {}

    /// What looking for one image came to.
    sealed interface Lookup {
        record Found(StoredImage image) implements Lookup {}

        record Failed(ImageFailure failure) implements Lookup {}
    }

    static Lookup find(Transaction tx, Repository repository, ImageIdentifier id) {
        return find(id, reference -> tx.images().find(repository, reference));
    }

    /// The name in it, if it is one that an image may have, and the only one.
    static Optional<Reference> reference(ImageIdentifier id) {
        if (malformed(id).isPresent() || (id.imageDigest() != null && id.imageTag() != null)) {
            return Optional.empty();
        }
        return id.imageTag() == null
                ? Optional.ofNullable(id.imageDigest()).flatMap(Digest::find)
                : Optional.of(new Tag(id.imageTag()));
    }

    /// The same, for whoever deletes it or its tag: it stays as it is until the transaction ends.
    static Lookup hold(Transaction tx, Repository repository, ImageIdentifier id) {
        return find(id, reference -> tx.images().hold(repository, reference));
    }

    private static Lookup find(ImageIdentifier id, Function<Reference, Optional<StoredImage>> images) {
        var malformed = malformed(id);
        if (malformed.isPresent()) {
            return new Lookup.Failed(malformed.get());
        }
        return id.imageTag() == null ? byDigest(id, images) : byTag(id, id.imageTag(), images);
    }

    private static Lookup byDigest(ImageIdentifier id, Function<Reference, Optional<StoredImage>> images) {
        return Optional.ofNullable(id.imageDigest())
                .flatMap(Digest::find)
                .flatMap(images)
                .<Lookup>map(Lookup.Found::new)
                .orElseGet(() -> new Lookup.Failed(ImageFailure.notFound(id)));
    }

    private static Lookup byTag(ImageIdentifier id, String tag, Function<Reference, Optional<StoredImage>> images) {
        var image = images.apply(new Tag(tag));
        if (image.isEmpty()) {
            return new Lookup.Failed(ImageFailure.notFound(id));
        }
        if (id.imageDigest() != null
                && !id.imageDigest().equals(image.get().digest().toString())) {
            return new Lookup.Failed(new ImageFailure(
                    id, "ImageTagDoesNotMatchDigest", "Requested image tag does not match the digest"));
        }
        return new Lookup.Found(image.get());
    }

    /// What an operation refuses with that is about the image as a whole.
    ///
    /// @param member which named it
    static RegistryException refusal(Repository repository, String member, ImageFailure failure) {
        var id = failure.imageId();
        return new RegistryException(
                switch (failure.failureCode()) {
                    case "ImageNotFound", "ImageTagDoesNotMatchDigest" ->
                        new ImageError.ImageNotFound(repository, id.imageDigest(), id.imageTag());
                    default -> new JsonAloneError.InvalidParameter(member, failure.failureReason());
                });
    }

    private static Optional<ImageFailure> malformed(ImageIdentifier id) {
        if (id.imageDigest() == null && id.imageTag() == null) {
            return failure(id, "MissingDigestAndTag", "both tag and digest cannot be null");
        }
        if (id.imageDigest() != null && !Digest.isOfTheModel(id.imageDigest())) {
            return failure(
                    id,
                    "InvalidImageDigest",
                    "image digest should satisfy the regex '%s'".formatted(Digest.MODEL_GRAMMAR));
        }
        if (id.imageTag() != null && !Tag.isTag(id.imageTag())) {
            return failure(id, "InvalidImageTag", "image tag should satisfy the regex '%s'".formatted(Tag.GRAMMAR));
        }
        return Optional.empty();
    }

    private static Optional<ImageFailure> failure(ImageIdentifier id, String code, String reason) {
        return Optional.of(new ImageFailure(id, code, "Invalid request parameters: " + reason));
    }
}
