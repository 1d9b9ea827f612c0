package entrepot.console.page;

import entrepot.console.Links;
import entrepot.console.Part;
import entrepot.console.Visit;
import entrepot.domain.Digest;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.RepositoryName;
import entrepot.operation.image.BatchGetImage;
import entrepot.operation.image.DescribeImages;
import entrepot.operation.image.ImageDetail;
import entrepot.operation.image.ImageView;
import entrepot.operation.image.TagFilter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks for the images of a repository.
record Images(Visit visit, RepositoryName repository) {

    /// How many images are put into another order than that of their pushes.
    static final int SORTED = 1_000;

    /// How many are looked at for what a page says of the others.
    static final int FEW = 100;

    /// In bytes; of longer ones nothing is said where many are looked at.
    private static final int LONGEST_OF_MANY = 128 << 10;

    private static final TagFilter ANY = new TagFilter("ANY", "ANY");

    /// Some images.
    ///
    /// @param after the address of those after; empty for none
    record Some(List<ImageDetail> images, String before, String after, String note) {}

    /// Those that a page shows, the newest first where they can be sorted.
    Some some(int size, String address) {
        if (!visit.asked("after").isEmpty()) {
            return oldestFirst(size, address, "");
        }
        var all = describe(null, null, SORTED);
        if (all.nextToken() != null) {
            return oldestFirst(
                    size, address, "In the order of their pushes, the oldest first: there are too many to sort.");
        }
        var sorted = all.imageDetails().stream()
                .sorted(Comparator.comparing(ImageDetail::imagePushedAt).reversed())
                .toList();
        var slice = Slice.of(sorted, size, visit, address);
        return new Some(slice.rows(), slice.before(), slice.after(), "");
    }

    /// Some of them that are not archived; none where they are not to be seen.
    List<ImageDetail> first() {
        var input = new DescribeImages.Input(null, repository, null, null, FEW, null);
        return visit.part(DescribeImages.class, input)
                .found()
                .map(DescribeImages.Output::imageDetails)
                .orElse(List.of());
    }

    private Some oldestFirst(int size, String address, String note) {
        var page = describe(null, visit.orNull("after"), size);
        var next = page.nextToken();
        return new Some(
                page.imageDetails(),
                visit.asked("after").isEmpty() ? "" : address,
                next == null ? "" : Links.with(address, "after", next),
                note);
    }

    /// One that is named by tag or digest. Fails with ECR's refusal where it is not there.
    List<ImageDetail> named(String text) {
        var id = text.contains(":") ? new ImageIdentifier(text, null) : new ImageIdentifier(null, text);
        return describe(List.of(id), null, null).imageDetails();
    }

    private DescribeImages.Output describe(
            @Nullable List<ImageIdentifier> ids, @Nullable String token, @Nullable Integer size) {
        return visit.call(
                DescribeImages.class,
                new DescribeImages.Input(null, repository, ids, token, size, ids == null ? ANY : null));
    }

    /// What is taken of the manifests of some images, by digest, one after the other: their trees are never in memory
    /// together. Those that cannot be had are left out.
    <T> Map<Digest, T> each(List<Digest> digests, Function<ImageManifest, T> taken) {
        return digests.isEmpty()
                ? Map.of()
                : part(digests)
                        .found()
                        .map(found -> found.stream()
                                .collect(Collectors.toMap(
                                        image -> image.imageId().imageDigest(),
                                        image -> taken.apply(ImageManifest.of(image, LONGEST_OF_MANY)),
                                        (one, _) -> one)))
                        .orElse(Map.of());
    }

    /// The manifest of an image, or why it cannot be had.
    Part<Optional<ImageManifest>> manifest(Digest digest) {
        return part(List.of(digest))
                .map(found -> found.stream().findFirst().map(image -> ImageManifest.of(image, ImageManifest.LONGEST)));
    }

    /// Looking at them is no pull.
    private Part<List<ImageView>> part(List<Digest> digests) {
        var ids = digests.stream()
                .map(digest -> new ImageIdentifier(digest.toString(), null))
                .toList();
        return visit.part(BatchGetImage.class, new BatchGetImage.Input(null, repository, ids, null, true))
                .map(BatchGetImage.Output::images);
    }
}
