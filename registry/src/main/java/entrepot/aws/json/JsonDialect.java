package entrepot.aws.json;

import entrepot.auth.Authentication;
import entrepot.aws.protocol.ApiError;
import entrepot.aws.protocol.ApiException;
import entrepot.aws.protocol.Dialect;

/// What one service says in the JSON protocol. All of them say alike what is not about their own things: a client's
/// mistakes are answered with 400 (an API reference names 403 for some; the live services send 400).
public interface JsonDialect extends Dialect {

    /// The service as its users call it, such as `Amazon ECR`.
    String service();

    /// A member that breaks a constraint of the model.
    ///
    /// @param path of the member, by the model's names, such as `filter.tagStatus`
    /// @param constraint such as `Member must not be null`
    RuntimeException invalid(String path, String constraint);

    @Override
    default ApiError missing() {
        return new ApiError(400, "MissingAuthenticationTokenException", "Missing Authentication Token");
    }

    /// In the words and with the status of the live services, which differ from their documentation's.
    @Override
    default ApiError rejected(Authentication.Rejected why) {
        return new ApiError(400, why.type(), why.message());
    }

    @Override
    default ApiError tooLarge(long most) {
        var message = "The request's body is larger than %d bytes.".formatted(most);
        return new ApiError(413, "RequestEntityTooLargeException", message);
    }

    @Override
    default ApiError notImplemented(String operation) {
        var message = "This registry does not have the operation %s yet.".formatted(operation);
        return new ApiError(501, "NotImplementedException", message);
    }

    @Override
    default ApiError internal() {
        return new ApiError(500, "InternalFailure", "The request failed because of an error in the registry.");
    }

    /// No operation of the service is named.
    static ApiError unknownOperation(String message) {
        return new ApiError(404, "UnknownOperationException", message);
    }

    /// JSON that is broken, or has a member of another type than the model's.
    static ApiException serialization(String message) {
        return new ApiError(400, "SerializationException", message).exception();
    }
}
