package entrepot.operation.image;

import entrepot.operation.Family;
import entrepot.operation.Means;
import entrepot.operation.Operation;
import entrepot.operation.PullThrough;
import entrepot.operation.repository.PushTargets;
import java.util.List;

/// The operations on images; all but [DescribeImages], [UpdateImageStorageClass] and [DescribeImageReplicationStatus]
/// are called by `/v2` too.
public record ImageOperations(
        PutImage putImage,
        BatchGetImage batchGetImage,
        BatchDeleteImage batchDeleteImage,
        DescribeImages describeImages,
        ListImages listImages,
        ListImageReferrers listImageReferrers,
        UpdateImageStorageClass updateImageStorageClass,
        DescribeImageReplicationStatus describeImageReplicationStatus)
        implements Family {

    /// Where images are had from no other registry.
    public static ImageOperations with(Means means) {
        return with(means, PullThrough.NONE);
    }

    /// Where they may be had from others.
    ///
    /// @param elsewhere has what is not here
    public static ImageOperations with(Means means, PullThrough elsewhere) {
        var metadata = means.metadata();
        var rules = new PushRules(
                means.limits(), means.rules().sparseManifests(), means.kept().reserve());
        return new ImageOperations(
                new PutImage(PushTargets.with(means), means.kept(), means.clock(), rules),
                new BatchGetImage(
                        metadata,
                        means.vault(),
                        means.kept().pulls(),
                        elsewhere,
                        new PullBlock(means.rules().scanner().blockPull())),
                new BatchDeleteImage(metadata, means.kept().changes(), means.clock()),
                new DescribeImages(metadata),
                new ListImages(metadata),
                new ListImageReferrers(metadata, means.vault(), elsewhere),
                new UpdateImageStorageClass(metadata, means.kept().changes(), means.clock()),
                new DescribeImageReplicationStatus(metadata));
    }

    @Override
    public List<Operation<?, ?>> all() {
        return List.of(
                putImage,
                batchGetImage,
                batchDeleteImage,
                describeImages,
                listImages,
                listImageReferrers,
                updateImageStorageClass,
                describeImageReplicationStatus);
    }
}
