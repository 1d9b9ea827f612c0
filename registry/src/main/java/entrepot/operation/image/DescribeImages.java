package entrepot.operation.image;

import static java.util.function.UnaryOperator.identity;
import static java.util.stream.Collectors.toMap;

import entrepot.auth.Caller;
import entrepot.auth.Permission;
import entrepot.domain.AccountId;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.ImageScan;
import entrepot.domain.Law;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.StoredImage;
import entrepot.domain.Tag;
import entrepot.operation.Operation;
import entrepot.operation.PageSize;
import entrepot.operation.PageToken;
import entrepot.operation.Permissions;
import entrepot.operation.image.ImageIds.Lookup;
import entrepot.operation.repository.RepositoryLookup;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of images: those named, or all of them page by page in the order of their first pushes. Source: ECR
/// API, DescribeImages.
public final class DescribeImages implements Operation<DescribeImages.Input, DescribeImages.Output> {

    private static final String PAGE = "images";

    /// A page ends early with the lot of images that brings this many tags, since a thousand images may have a
    /// million, which no memory should have to hold.
    private static final int ENOUGH_TAGS = 10_000;

    /// Images that are read at once.
    private static final int LOT = 32;

    public record Input(
            @Nullable AccountId registryId,
            RepositoryName repositoryName,
            @Nullable List<ImageIdentifier> imageIds,
            @Nullable String nextToken,
            @Nullable Integer maxResults,
            @Nullable TagFilter filter) {}

    public record Output(
            List<ImageDetail> imageDetails, @Nullable String nextToken) {}

    private final MetadataStore metadata;

    DescribeImages(MetadataStore metadata) {
        this.metadata = metadata;
    }

    @Override
    public List<Permission> needs(Caller caller, Input input) {
        return List.of(Permissions.on(caller.registry(input.registryId()), input.repositoryName(), name()));
    }

    /// Ten thousand tags, and those of 32 images more.
    @Override
    public long memory(long inputLength) {
        return 8L << 20;
    }

    @Override
    public Output run(Caller caller, Law law, Input input) {
        if (input.imageIds() != null) {
            PageSize.requireNone(input.maxResults(), input.nextToken(), "imageIds");
        }
        var size = PageSize.of(law, input.maxResults());
        var token = PageToken.parse(input.nextToken());
        long after = token == null ? 0 : token.key(PAGE, Long::parseLong);
        return metadata.read(tx -> {
            var repository = RepositoryLookup.require(tx, caller.registry(input.registryId()), input.repositoryName());
            return input.imageIds() != null
                    ? new Output(details(tx, repository, named(tx, repository, input.imageIds())), null)
                    : page(tx, repository, TagFilter.orNone(input.filter()), after, size);
        });
    }

    private static Output page(Transaction tx, Repository repository, TagFilter filter, long after, int size) {
        var images = filter.images(tx, repository, after, size + 1);
        if (images.isEmpty()) {
            return new Output(List.of(), null);
        }
        var wanted = images.subList(0, Math.min(size, images.size()));
        var shown = filter.wantsTagged() ? shown(tx, repository, wanted) : details(tx, repository, wanted, Map.of());
        var token =
                new PageToken(PAGE, Long.toString(images.get(shown.size() - 1).id())).toString();
        return new Output(shown, shown.size() < images.size() ? token : null);
    }

    /// As many as have not too many tags together; always some.
    private static List<ImageDetail> shown(Transaction tx, Repository repository, List<StoredImage> images) {
        var shown = new ArrayList<ImageDetail>();
        var tags = 0;
        while (shown.size() < images.size() && tags < ENOUGH_TAGS) {
            var end = Math.min(images.size(), shown.size() + LOT);
            var lot = details(tx, repository, images.subList(shown.size(), end));
            tags += lot.stream().mapToInt(DescribeImages::tags).sum();
            shown.addAll(lot);
        }
        return shown;
    }

    private static int tags(ImageDetail image) {
        return image.imageTags() == null ? 0 : image.imageTags().size();
    }

    private static List<StoredImage> named(Transaction tx, Repository repository, List<ImageIdentifier> ids) {
        var images = new ArrayList<StoredImage>();
        for (var id : ids) {
            switch (ImageIds.find(tx, repository, id)) {
                case Lookup.Found(var image) -> images.add(image);
                case Lookup.Failed(var failure) -> throw ImageIds.refusal(repository, "imageIds", failure);
            }
        }
        return images.stream().distinct().toList();
    }

    private static List<ImageDetail> details(Transaction tx, Repository repository, List<StoredImage> images) {
        return details(tx, repository, images, tx.images().tagsOf(repository, images));
    }

    /// @param tags by the ids of the images. Those of images without any are not looked for: it takes a page of the
    ///     index for each
    private static List<ImageDetail> details(
            Transaction tx, Repository repository, List<StoredImage> images, Map<Long, List<Tag>> tags) {
        var scans = scans(tx, repository, images);
        return images.stream()
                .map(image -> ImageDetail.of(
                        repository, image, tags.getOrDefault(image.id(), List.of()), scans.get(image.id())))
                .toList();
    }

    /// By the type of scanning that the registry has.
    private static Map<Long, ImageScan> scans(Transaction tx, Repository repository, List<StoredImage> images) {
        var scans = tx.scans().shown(images);
        if (scans.isEmpty()) {
            return scans;
        }
        var type = tx.scans().configuration(repository.registry()).type();
        return scans.values().stream().filter(scan -> scan.type() == type).collect(toMap(ImageScan::image, identity()));
    }
}
