package entrepot.ecr;

import entrepot.domain.RegistryError;
import java.util.LinkedHashMap;

/// How the JSON API tells each refusal. ECR answers its clients' mistakes with 400, denial and throttling included
/// (ECR API reference, "Common Error Types", names 403 for some; the live service sends 400).
final class EcrErrors {

    private EcrErrors() {}

    static EcrError of(RegistryError error) {
        return switch (error) {
            case RegistryError.InvalidLayerPart part -> invalidLayerPart(part);
            case RegistryError.UploadBusy busy -> new EcrError(503, busy.type(), busy.message());
            case RegistryError.StorageFull full -> new EcrError(500, full.type(), full.message());
            case RegistryError.InvalidParameter _,
                    RegistryError.InvalidRepositoryName _,
                    RegistryError.InvalidTag _,
                    RegistryError.InvalidDigest _,
                    RegistryError.InvalidManifest _,
                    RegistryError.RepositoryNotFound _,
                    RegistryError.RepositoryAlreadyExists _,
                    RegistryError.RepositoryNotEmpty _,
                    RegistryError.RepositoryPolicyNotFound _,
                    RegistryError.RegistryPolicyNotFound _,
                    RegistryError.LimitExceeded _,
                    RegistryError.InvalidTagParameter _,
                    RegistryError.TooManyTags _,
                    RegistryError.Kms _,
                    RegistryError.ImageNotFound _,
                    RegistryError.ImageAlreadyExists _,
                    RegistryError.ImageTagAlreadyExists _,
                    RegistryError.ImageDigestDoesNotMatch _,
                    RegistryError.PreconditionFailed _,
                    RegistryError.LayersNotFound _,
                    RegistryError.ReferencedImagesNotFound _,
                    RegistryError.LayerNotFound _,
                    RegistryError.UploadNotFound _,
                    RegistryError.InvalidLayer _,
                    RegistryError.LayerPartTooSmall _,
                    RegistryError.LayerAlreadyExists _,
                    RegistryError.EmptyUpload _,
                    RegistryError.Referenced _,
                    RegistryError.AccessDenied _,
                    RegistryError.Identity _ -> new EcrError(400, error.type(), text(error));
            case RegistryError.Throttling _ -> new EcrError(503, error.type(), text(error));
        };
    }

    /// ECR's text first, since clients look for it.
    private static String text(RegistryError error) {
        return error.explanation().isEmpty() ? error.message() : error.message() + ". " + error.explanation();
    }

    private static EcrError invalidLayerPart(RegistryError.InvalidLayerPart error) {
        var members = new LinkedHashMap<String, Object>();
        members.put("registryId", error.repository().registry().account());
        members.put("repositoryName", error.repository().name());
        members.put("uploadId", error.upload());
        if (error.lastValidByteReceived() >= 0) {
            members.put("lastValidByteReceived", error.lastValidByteReceived());
        }
        return new EcrError(400, error.type(), error.message(), members);
    }
}
