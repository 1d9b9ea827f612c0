package entrepot.iam;

import entrepot.auth.Authentication;
import entrepot.aws.protocol.ApiError;
import entrepot.aws.protocol.ApiException;
import entrepot.aws.protocol.Dialect;
import entrepot.domain.BothDoorsError;
import entrepot.domain.EveryApiError;
import entrepot.domain.IamError;
import entrepot.domain.JsonAloneError;
import entrepot.domain.KmsError;
import entrepot.domain.RegistryError;
import entrepot.domain.SecretsError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the Query protocol tells each refusal. Source: the errors of each action in the IAM API reference, with their
/// HTTP status; "Common Errors" there.
final class QueryErrors implements Dialect {

    static final QueryErrors WORDS = new QueryErrors();

    private static final Logger LOG = LoggerFactory.getLogger(QueryErrors.class);

    private QueryErrors() {}

    @Override
    public ApiError of(RegistryError error) {
        return switch (error) {
            case IamError.Identity identity ->
                new ApiError(status(identity.kind()), identity.type(), identity.message());
            case EveryApiError.AccessDenied denied -> new ApiError(403, "AccessDenied", denied.message());
            case EveryApiError.Throttling throttling -> new ApiError(503, "Throttling", throttling.message());
            case EveryApiError.Unavailable gone -> new ApiError(503, "ServiceUnavailable", gone.message());
            case EveryApiError.NotStorable text -> new ApiError(400, "ValidationError", text.message());
            case EveryApiError.StorageFull full -> new ApiError(500, "ServiceFailure", full.message());
            case BothDoorsError _, JsonAloneError _, KmsError _, SecretsError _ -> unforeseen(error);
        };
    }

    /// No operation of IAM's or STS's has a reason to say it.
    private ApiError unforeseen(RegistryError error) {
        LOG.error("IAM has no words for {}: {}", error.type(), error.message());
        return internal();
    }

    private static int status(IamError.Identity.Kind kind) {
        return switch (kind) {
            case NO_SUCH_ENTITY -> 404;
            case ENTITY_ALREADY_EXISTS, DELETE_CONFLICT, LIMIT_EXCEEDED -> 409;
            case MALFORMED_POLICY_DOCUMENT, INVALID_INPUT, VALIDATION_ERROR -> 400;
        };
    }

    @Override
    public ApiError missing() {
        return new ApiError(403, "MissingAuthenticationToken", "Request is missing Authentication Token");
    }

    /// In the Query protocol's names for what the JSON protocol calls otherwise.
    @Override
    public ApiError rejected(Authentication.Rejected why) {
        return switch (why.type()) {
            case "UnrecognizedClientException" -> new ApiError(403, "InvalidClientTokenId", why.message());
            case "InvalidSignatureException" -> new ApiError(403, "SignatureDoesNotMatch", why.message());
            case "IncompleteSignatureException" -> new ApiError(400, "IncompleteSignature", why.message());
            default -> new ApiError(403, why.type().replaceFirst("Exception$", ""), why.message());
        };
    }

    @Override
    public ApiError tooLarge(long most) {
        var message = "The request's body is larger than %d bytes.".formatted(most);
        return new ApiError(413, "RequestEntityTooLarge", message);
    }

    @Override
    public ApiError notImplemented(String operation) {
        var message = "This registry does not have the operation %s.".formatted(operation);
        return new ApiError(501, "NotImplemented", message);
    }

    @Override
    public ApiError internal() {
        return new ApiError(500, "ServiceFailure", "The request failed because of an error in the registry.");
    }

    /// A form that is not one.
    static ApiException malformed(String message) {
        return new ApiError(400, "MalformedInput", message).exception();
    }

    static ApiException validation(String message) {
        return new ApiError(400, "ValidationError", message).exception();
    }

    static ApiException missingAction() {
        return new ApiError(400, "MissingAction", "The request must contain the parameter Action.").exception();
    }

    static ApiError invalidAction(String message) {
        return new ApiError(404, "InvalidAction", message);
    }

    static ApiException invalidAction(String action, String version) {
        var message = "Could not find operation %s for version %s".formatted(action, version);
        return new ApiError(400, "InvalidAction", message).exception();
    }

    static ApiException wrongService(String service) {
        var message = "Credential should be scoped to correct service: '%s'. ".formatted(service);
        return new ApiError(403, "SignatureDoesNotMatch", message).exception();
    }
}
