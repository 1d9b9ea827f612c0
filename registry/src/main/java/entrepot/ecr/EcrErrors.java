package entrepot.ecr;

import entrepot.auth.Authentication;
import entrepot.aws.protocol.ApiError;
import entrepot.aws.protocol.ApiException;
import entrepot.aws.protocol.Dialect;
import entrepot.domain.BothDoorsError;
import entrepot.domain.EveryApiError;
import entrepot.domain.IamError;
import entrepot.domain.JsonAloneError;
import entrepot.domain.LayerError;
import entrepot.domain.RegistryError;
import entrepot.domain.RepositoryError;
import java.util.LinkedHashMap;
import java.util.Map;

/// How the JSON API tells each refusal. ECR answers its clients' mistakes with 400, denial and throttling included
/// (ECR API reference, "Common Error Types", names 403 for some; the live service sends 400).
final class EcrErrors implements Dialect {

    static final EcrErrors WORDS = new EcrErrors();

    private EcrErrors() {}

    @Override
    public ApiError of(RegistryError error) {
        return switch (error) {
            case LayerError.InvalidLayerPart part -> invalidLayerPart(part);
            case RepositoryError.Kms kms ->
                new ApiError(400, kms.type(), kms.message(), Map.of("kmsError", kms.kmsError()));
            case EveryApiError.StorageFull full -> new ApiError(500, full.type(), full.message());
            case EveryApiError.AccessDenied _ -> worded(400, error);
            case EveryApiError.Throttling _, LayerError.UploadBusy _ -> worded(503, error);
            case BothDoorsError _, JsonAloneError _, IamError _ -> worded(400, error);
        };
    }

    private static ApiError worded(int status, RegistryError error) {
        return new ApiError(status, error.type(), text(error));
    }

    /// ECR's text first, since clients look for it.
    private static String text(RegistryError error) {
        return error.explanation().isEmpty() ? error.message() : error.message() + ". " + error.explanation();
    }

    private static ApiError invalidLayerPart(LayerError.InvalidLayerPart error) {
        var members = new LinkedHashMap<String, Object>();
        members.put("registryId", error.repository().registry().account());
        members.put("repositoryName", error.repository().name());
        members.put("uploadId", error.upload());
        if (error.lastValidByteReceived() >= 0) {
            members.put("lastValidByteReceived", error.lastValidByteReceived());
        }
        return new ApiError(400, error.type(), error.message(), members);
    }

    @Override
    public ApiError missing() {
        return new ApiError(400, "MissingAuthenticationTokenException", "Missing Authentication Token");
    }

    /// In the words and with the status of the live service, which differ from its documentation's.
    @Override
    public ApiError rejected(Authentication.Rejected why) {
        return new ApiError(400, why.type(), why.message());
    }

    @Override
    public ApiError tooLarge(long most) {
        var message = "The request's body is larger than %d bytes.".formatted(most);
        return new ApiError(413, "RequestEntityTooLargeException", message);
    }

    @Override
    public ApiError notImplemented(String operation) {
        var message = "This registry does not have the operation %s yet.".formatted(operation);
        return new ApiError(501, "NotImplementedException", message);
    }

    @Override
    public ApiError internal() {
        return new ApiError(500, "InternalFailure", "The request failed because of an error in the registry.");
    }

    /// No operation of ECR's is named.
    static ApiError unknownOperation(String message) {
        return new ApiError(404, "UnknownOperationException", message);
    }

    /// JSON that is broken, or has a member of another type than the model's.
    static ApiException serialization(String message) {
        return new ApiError(400, "SerializationException", message).exception();
    }
}
