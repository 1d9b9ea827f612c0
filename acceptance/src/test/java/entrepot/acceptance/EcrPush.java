package entrepot.acceptance;

import static entrepot.acceptance.Served.ECR;

import java.util.Arrays;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.ecr.model.PutImageResponse;

/// Pushes over the JSON API, as the containerd resolver for ECR does: parts of `partSize`, in order.
final class EcrPush {

    private EcrPush() {}

    /// Returns the digest that the registry answered.
    static String layer(String repository, byte[] layer) {
        var upload = ECR.initiateLayerUpload(request -> request.repositoryName(repository));
        var partSize = Math.toIntExact(upload.partSize());
        for (var first = 0; first < layer.length; first += partSize) {
            part(repository, upload.uploadId(), first, Arrays.copyOfRange(layer, first, end(layer, first + partSize)));
        }
        return complete(repository, upload.uploadId(), SampleImage.digestOf(layer));
    }

    private static int end(byte[] layer, int wanted) {
        return Math.min(layer.length, wanted);
    }

    /// Returns the `lastByteReceived` of the answer.
    static long part(String repository, String upload, long first, byte[] bytes) {
        return ECR.uploadLayerPart(request -> request.repositoryName(repository)
                        .uploadId(upload)
                        .partFirstByte(first)
                        .partLastByte(first + bytes.length - 1)
                        .layerPartBlob(SdkBytes.fromByteArray(bytes)))
                .lastByteReceived();
    }

    static String complete(String repository, String upload, String digest) {
        return ECR.completeLayerUpload(request ->
                        request.repositoryName(repository).uploadId(upload).layerDigests(digest))
                .layerDigest();
    }

    static String begin(String repository) {
        return ECR.initiateLayerUpload(request -> request.repositoryName(repository))
                .uploadId();
    }

    static void layers(String repository, SampleImage image) {
        image.blobs().forEach(blob -> layer(repository, blob));
    }

    static PutImageResponse put(String repository, String tag, SampleImage image) {
        return ECR.putImage(
                request -> request.repositoryName(repository).imageTag(tag).imageManifest(image.manifest()));
    }

    /// A whole image under a tag.
    static SampleImage image(String repository, String tag) {
        var image = SampleImage.ofSize(2_000);
        layers(repository, image);
        put(repository, tag, image);
        return image;
    }
}
