package entrepot.oci;

import entrepot.operation.image.BatchDeleteImage;
import entrepot.operation.image.BatchGetImage;
import entrepot.operation.image.ListImageReferrers;
import entrepot.operation.image.ListImages;
import entrepot.operation.image.PutImage;
import entrepot.operation.layer.BatchCheckLayerAvailability;
import entrepot.operation.layer.CancelLayerUpload;
import entrepot.operation.layer.CompleteLayerUpload;
import entrepot.operation.layer.DeleteLayer;
import entrepot.operation.layer.DescribeLayerUpload;
import entrepot.operation.layer.InitiateLayerUpload;
import entrepot.operation.layer.MountLayer;
import entrepot.operation.layer.ReadLayer;
import entrepot.operation.layer.UploadLayerPart;
import entrepot.operation.repository.DescribeRepositories;

/// What `/v2` translates to.
public record OciOperations(
        PutImage putImage,
        BatchGetImage batchGetImage,
        BatchDeleteImage batchDeleteImage,
        ListImages listImages,
        ListImageReferrers listImageReferrers,
        DescribeRepositories describeRepositories,
        BatchCheckLayerAvailability batchCheckLayerAvailability,
        ReadLayer readLayer,
        DeleteLayer deleteLayer,
        MountLayer mountLayer,
        InitiateLayerUpload initiateLayerUpload,
        UploadLayerPart uploadLayerPart,
        CompleteLayerUpload completeLayerUpload,
        DescribeLayerUpload describeLayerUpload,
        CancelLayerUpload cancelLayerUpload) {}
