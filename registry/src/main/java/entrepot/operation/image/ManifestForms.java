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
import org.jspecify.annotations.Nullable;

/// Which form of an image a caller gets: the manifest as it was pushed, or the same in the other format.
///
/// @param metadata for what is read when the transaction is over
/// @param accepted the media types that the caller understands; null for any
record ManifestForms(
        MetadataStore metadata,
        CoveredRepository covered,
        @Nullable List<String> accepted) {

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
        var tag = asked.imageTag() == null ? null : new Tag(asked.imageTag());
        return Optional.of(image)
                .filter(_ -> asked.imageDigest() == null && isWantedOtherwise(image.mediaType()))
                .flatMap(this::conversion)
                .filter(converted -> isKnown(converted.digest()))
                .map(converted -> view(converted, tag))
                .orElseGet(() ->
                        ImageView.of(repository(), new ImageId(image.digest(), tag), stored(image), image.mediaType()));
    }

    /// One that was found with its manifest, if that is the form that the caller gets.
    Optional<ImageView> of(ImageIdentifier asked, Images.Found found) {
        var image = found.image();
        return Optional.ofNullable(found.manifest())
                .filter(_ -> asked.imageDigest() != null || !isWantedOtherwise(image.mediaType()))
                .map(manifest -> {
                    var tag = asked.imageTag() == null ? null : new Tag(asked.imageTag());
                    return ImageView.of(repository(), new ImageId(image.digest(), tag), manifest, image.mediaType());
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
                .flatMap(this::conversion)
                .filter(converted -> converted.digest().equals(digest))
                .map(converted -> view(converted, null));
    }

    private boolean isWantedOtherwise(MediaType stored) {
        return !accepts(stored)
                && ManifestConversion.other(stored).filter(this::accepts).isPresent();
    }

    private boolean accepts(MediaType type) {
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
