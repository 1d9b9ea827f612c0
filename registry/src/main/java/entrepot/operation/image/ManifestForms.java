package entrepot.operation.image;

import entrepot.domain.Digest;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.ManifestContent;
import entrepot.domain.ManifestConversion;
import entrepot.domain.MediaType;
import entrepot.domain.Repository;
import entrepot.domain.StoredImage;
import entrepot.domain.StoredManifest;
import entrepot.domain.Tag;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.store.Images;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which form of an image a caller gets: the manifest as it was pushed, or the same in the other format.
///
/// @param metadata for what is read when the transaction is over
/// @param accepted the media types that the caller understands; null for any
/// @param given is told of each image that the caller gets
record ManifestForms(
        MetadataStore metadata,
        CoveredRepository covered,
        @Nullable List<String> accepted,
        Consumer<Given> given) {

    /// An image that the caller gets, in whatever form.
    record Given(Repository repository, StoredImage image) {}

    /// Longer ones, in bytes, are left where they are stored.
    static final int HELD = 32 << 10;

    /// Pieces of long manifests, of which many may be asked for at once, leave the store's few readers to others.
    private static final Turns PIECES = new Turns(2);

    Transaction tx() {
        return covered.tx();
    }

    Repository repository() {
        return covered.repository();
    }

    /// An image that was found by what it was asked for. By digest it is what has that digest.
    ImageView of(ImageIdentifier asked, StoredImage image) {
        give(image);
        var tag = asked.imageTag() == null ? null : new Tag(asked.imageTag());
        return Optional.of(image)
                .filter(_ -> asked.imageDigest() == null && isWantedOtherwise(image.mediaType(), accepted))
                .flatMap(this::conversion)
                .filter(converted -> isKnown(converted.digest()))
                .map(converted -> view(converted, tag))
                .orElseGet(() ->
                        ImageView.of(repository(), new ImageId(image.digest(), tag), stored(image), image.mediaType()));
    }

    /// One that was found with its manifest, if that is the form that the caller gets.
    static Optional<ImageView> pushed(
            ImageIdentifier asked, Images.Found found, @Nullable List<String> accepted, Consumer<Given> given) {
        var image = found.image();
        return Optional.ofNullable(found.manifest())
                .filter(_ -> asked.imageDigest() != null || !isWantedOtherwise(image.mediaType(), accepted))
                .map(manifest -> {
                    given.accept(new Given(found.repository(), image));
                    var tag = asked.imageTag() == null ? null : new Tag(asked.imageTag());
                    var id = new ImageId(image.digest(), tag);
                    return ImageView.of(found.repository(), id, manifest, image.mediaType());
                });
    }

    private ManifestContent stored(StoredImage image) {
        var cover = covered.cover();
        return image.manifestSize() <= HELD
                ? tx().images().manifest(image, covered.cover())
                : new StoredManifest(
                        Math.toIntExact(image.manifestSize()),
                        (offset, length) -> PIECES.take(() ->
                                metadata.read(later -> later.images().manifestPart(image, offset, length, cover))));
    }

    private Optional<ConvertedManifest> conversion(StoredImage image) {
        return ConvertedManifest.of(image, () -> tx().images().manifest(image, covered.cover()));
    }

    /// An image of which the caller has seen the converted form before: many clients ask for a tag's digest first,
    /// and for the manifest by that digest then.
    Optional<ImageView> converted(ImageIdentifier asked) {
        return asked.imageDigest() == null || asked.imageTag() != null
                ? Optional.empty()
                : Digest.find(asked.imageDigest()).flatMap(this::converted);
    }

    private Optional<ImageView> converted(Digest digest) {
        return tx().images()
                .findConverted(repository(), digest)
                .flatMap(image -> conversion(image)
                        .filter(converted -> converted.digest().equals(digest))
                        .map(converted -> {
                            give(image);
                            return view(converted, null);
                        }));
    }

    private void give(StoredImage image) {
        given.accept(new Given(repository(), image));
    }

    private static boolean isWantedOtherwise(MediaType stored, @Nullable List<String> accepted) {
        return !accepts(stored, accepted)
                && ManifestConversion.other(stored)
                        .filter(other -> accepts(other, accepted))
                        .isPresent();
    }

    private static boolean accepts(MediaType type, @Nullable List<String> accepted) {
        return accepted == null || accepted.stream().anyMatch(type.value()::equalsIgnoreCase);
    }

    /// A digest is given out only if it can be asked for afterwards.
    private boolean isKnown(Digest converted) {
        return tx().images().findConverted(repository(), converted).isPresent();
    }

    private ImageView view(ConvertedManifest manifest, @Nullable Tag tag) {
        return ImageView.of(repository(), new ImageId(manifest.digest(), tag), manifest.bytes(), manifest.mediaType());
    }
}
