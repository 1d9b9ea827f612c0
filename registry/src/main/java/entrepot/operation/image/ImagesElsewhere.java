package entrepot.operation.image;

import entrepot.domain.Digest;
import entrepot.domain.ImageError;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryError;
import entrepot.domain.Tag;
import entrepot.domain.UpstreamFault;
import entrepot.operation.PullThrough;
import entrepot.operation.image.ImageView.ImageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Completes a batch of images by those that another registry has, and tags by what they are there by now.
///
/// @param pull by whom, from which repository
/// @param look finds what is here
/// @param refusal fails if what is here by that name is kept from everybody
record ImagesElsewhere(
        PullThrough elsewhere,
        PullThrough.Pull pull,
        Function<List<ImageIdentifier>, BatchGetImage.Output> look,
        Consumer<ImageIdentifier> refusal) {

    private static final BatchGetImage.Output NOTHING = new BatchGetImage.Output(List.of(), List.of());

    /// What is here of a batch.
    ///
    /// @param absence what says that there is no repository; null if there is one
    private record Here(
            BatchGetImage.Output output, @Nullable RegistryException absence) {

        BatchGetImage.Output orFail() {
            if (absence != null) {
                throw absence;
            }
            return output;
        }
    }

    /// A repository that is not there has none of the images.
    private static Here orMisses(Here here, ImageIdentifier id) {
        return here.absence() == null
                ? here
                : new Here(new BatchGetImage.Output(List.of(), List.of(ImageFailure.notFound(id))), null);
    }

    BatchGetImage.Output get(List<ImageIdentifier> ids) {
        var here = here(ids);
        if (isEnough(ids, here)) {
            return here.orFail();
        }
        return ids.size() == 1
                ? one(ids.getFirst(), here)
                : all(ids.stream().distinct().toList());
    }

    private Here here(List<ImageIdentifier> ids) {
        try {
            return new Here(look.apply(ids), null);
        } catch (RegistryException e) {
            if (e.error() instanceof RepositoryError.RepositoryNotFound) {
                return new Here(NOTHING, e);
            }
            throw e;
        }
    }

    /// Whether nothing could be had elsewhere. For a repository that is not there the rules are asked as they are now:
    /// another node may have made one just before. For one that is they are asked in any case, so that whoever asks
    /// next, and has no time, finds them known.
    private boolean isEnough(List<ImageIdentifier> ids, Here here) {
        if (here.absence() != null) {
            return false;
        }
        var mayFill = elsewhere.mayFill(pull.registry(), pull.repository());
        var isWhole = here.output().failures().stream().noneMatch(ImageFailure::isMiss)
                && ids.stream().noneMatch(this::isDue);
        return isWhole || !mayFill;
    }

    private boolean isDue(ImageIdentifier id) {
        return ImageIds.reference(id).orElse(null) instanceof Tag tag && elsewhere.isDue(pull, tag);
    }

    private BatchGetImage.Output one(ImageIdentifier id, Here here) {
        try {
            return elsewhere(id, here.output()).orElseGet(here::orFail);
        } catch (RegistryException e) {
            if (e.error() instanceof ImageError.UnableToGetUpstreamImage refusal) {
                return new BatchGetImage.Output(List.of(), List.of(failure(id, refusal.fault())));
            }
            throw e;
        }
    }

    private Optional<BatchGetImage.Output> elsewhere(ImageIdentifier id, BatchGetImage.Output here) {
        var isHere = !here.images().isEmpty() && !isDue(id);
        if (isHere || here.failures().stream().anyMatch(failure -> !failure.isMiss())) {
            return Optional.empty();
        }
        var image = ImageIds.reference(id).flatMap(reference -> elsewhere.image(pull, reference, digest(here)));
        image.ifPresent(
                found -> refusal.accept(new ImageIdentifier(found.digest().toString(), null)));
        return image.map(found -> new BatchGetImage.Output(List.of(view(id, found)), List.of()));
    }

    private static @Nullable Digest digest(BatchGetImage.Output here) {
        return here.images().isEmpty()
                ? null
                : here.images().getFirst().imageId().imageDigest();
    }

    private static ImageView view(ImageIdentifier id, PullThrough.Image image) {
        var tag = id.imageTag() == null ? null : new Tag(id.imageTag());
        return ImageView.of(image.repository(), new ImageId(image.digest(), tag), image.manifest(), image.mediaType());
    }

    private static ImageFailure failure(ImageIdentifier id, UpstreamFault fault) {
        return new ImageFailure(id, fault.failureCode(), fault.message());
    }

    /// Where the other registry is away, it is not waited for once more.
    private BatchGetImage.Output all(List<ImageIdentifier> ids) {
        var images = new ArrayList<ImageView>();
        var failures = new ArrayList<ImageFailure>();
        RegistryException absence = null;
        for (var id : ids) {
            var here = here(List.of(id));
            absence = here.absence() == null ? absence : here.absence();
            var known = orMisses(here, id);
            var got = failures.stream().anyMatch(ImageFailure::isOfUpstream) ? known.output() : one(id, known);
            images.addAll(got.images());
            failures.addAll(got.failures());
            BatchGetImage.refuseTooMuch(images);
        }
        if (absence != null && images.isEmpty() && failures.stream().allMatch(ImageFailure::isMiss)) {
            throw absence;
        }
        return new BatchGetImage.Output(images, failures);
    }
}
