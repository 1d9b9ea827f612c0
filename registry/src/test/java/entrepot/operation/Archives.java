package entrepot.operation;

import static entrepot.operation.Images.byDigest;
import static entrepot.operation.World.APP;

import entrepot.domain.Digest;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.ImageStatus;
import entrepot.domain.StorageClass;
import entrepot.operation.image.DescribeImages;
import entrepot.operation.image.ImageDetail;
import entrepot.operation.image.TagFilter;
import entrepot.operation.image.UpdateImageStorageClass;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The archive of [World#APP].
public record Archives(World world) {

    public ImageStatus archive(Digest image) {
        return update(byDigest(image), StorageClass.ARCHIVE).imageStatus();
    }

    public ImageStatus restore(Digest image) {
        return update(byDigest(image), StorageClass.STANDARD).imageStatus();
    }

    public UpdateImageStorageClass.Output update(ImageIdentifier image, StorageClass target) {
        return world.call(
                world.the(UpdateImageStorageClass.class), new UpdateImageStorageClass.Input(null, APP, image, target));
    }

    public ImageDetail detail(Digest image) {
        return world.call(
                        world.the(DescribeImages.class),
                        new DescribeImages.Input(null, APP, List.of(byDigest(image)), null, null, null))
                .imageDetails()
                .getFirst();
    }

    public ImageStatus status(Digest image) {
        return detail(image).imageStatus();
    }

    public List<Digest> described(@Nullable String status) {
        return world
                .call(
                        world.the(DescribeImages.class),
                        new DescribeImages.Input(null, APP, null, null, 1_000, new TagFilter(null, status)))
                .imageDetails()
                .stream()
                .map(ImageDetail::imageDigest)
                .toList();
    }
}
