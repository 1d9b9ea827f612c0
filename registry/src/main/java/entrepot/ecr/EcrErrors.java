package entrepot.ecr;

import entrepot.domain.BothDoorsError;
import entrepot.domain.EveryApiError;
import entrepot.domain.IamError;
import entrepot.domain.JsonAloneError;
import entrepot.domain.LayerError;
import entrepot.domain.RegistryError;
import java.util.LinkedHashMap;

/// How the JSON API tells each refusal. ECR answers its clients' mistakes with 400, denial and throttling included
/// (ECR API reference, "Common Error Types", names 403 for some; the live service sends 400).
final class EcrErrors {

    private EcrErrors() {}

    static EcrError of(RegistryError error) {
        return switch (error) {
            case LayerError.InvalidLayerPart part -> invalidLayerPart(part);
            case EveryApiError.StorageFull full -> new EcrError(500, full.type(), full.message());
            case EveryApiError.AccessDenied _ -> worded(400, error);
            case EveryApiError.Throttling _, LayerError.UploadBusy _ -> worded(503, error);
            case BothDoorsError _, JsonAloneError _, IamError _ -> worded(400, error);
        };
    }

    private static EcrError worded(int status, RegistryError error) {
        return new EcrError(status, error.type(), text(error));
    }

    /// ECR's text first, since clients look for it.
    private static String text(RegistryError error) {
        return error.explanation().isEmpty() ? error.message() : error.message() + ". " + error.explanation();
    }

    private static EcrError invalidLayerPart(LayerError.InvalidLayerPart error) {
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
