package entrepot.operation.secret;

import entrepot.domain.RegistryException;
import entrepot.domain.SecretArn;
import entrepot.domain.SecretsError.Kind;

/// What Secrets Manager's operations refuse with, in its words where they are public.
final class SecretRefusals {

    private SecretRefusals() {}

    static RegistryException notFound() {
        return Kind.RESOURCE_NOT_FOUND.refusal("Secrets Manager can't find the specified secret.");
    }

    static RegistryException noValue(String what, String which) {
        return Kind.RESOURCE_NOT_FOUND.refusal(
                "Secrets Manager can't find the specified secret value for %s: %s".formatted(what, which));
    }

    static RegistryException invalidName() {
        return Kind.VALIDATION.refusal("Invalid name. Must be a valid name containing alphanumeric characters,"
                + " or any of the following: -/_+=.@!");
    }

    static RegistryException exists(String name) {
        return Kind.RESOURCE_EXISTS.refusal(
                "The operation failed because the secret %s already exists.".formatted(name));
    }

    static RegistryException nameToBeDeleted() {
        return Kind.INVALID_REQUEST.refusal(
                "You can't create this secret because a secret with this name is already" + " scheduled for deletion.");
    }

    static RegistryException toBeDeleted() {
        return Kind.INVALID_REQUEST.refusal(
                "You can't perform this operation on the secret because it was marked for deletion.");
    }

    static RegistryException alreadyToBeDeleted() {
        return Kind.INVALID_REQUEST.refusal(
                "You can't perform this operation on the secret because it was already scheduled for deletion.");
    }

    static RegistryException tokenInUse(String token, SecretArn secret) {
        return Kind.RESOURCE_EXISTS.refusal(
                "You can't use ClientRequestToken %s because that value is already in use for a version of secret %s."
                        .formatted(token, secret));
    }

    static RegistryException noToken() {
        return Kind.INVALID_REQUEST.refusal(
                "You must provide a ClientRequestToken value. We recommend a UUID-type value.");
    }

    static RegistryException parameter(String message) {
        return Kind.INVALID_PARAMETER.refusal(message);
    }

    static RegistryException request(String message) {
        return Kind.INVALID_REQUEST.refusal(message);
    }

    static RegistryException limit(String message) {
        return Kind.LIMIT_EXCEEDED.refusal(message);
    }
}
