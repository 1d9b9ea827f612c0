package entrepot.operation.identity;

import entrepot.domain.RegistryError.Identity;
import entrepot.domain.RegistryError.Identity.Kind;
import entrepot.domain.RegistryException;
import java.util.regex.Pattern;

/// Refusals in IAM's words. Sources: the errors of each action in the IAM API reference; texts as the live service and
/// Terraform's and boto's issue trackers show them.
final class Refusals {

    private static final Pattern POLICY = Pattern.compile("arn:[a-z-]+:iam::(?:[0-9]{12}|aws):policy/.+");

    private Refusals() {}

    static RegistryException noSuchUser(String name) {
        return noSuch("The user with name %s cannot be found.".formatted(name));
    }

    static RegistryException noSuchKey(String id) {
        return noSuch("The Access Key with id %s cannot be found.".formatted(id));
    }

    static RegistryException noSuchUserPolicy(String name) {
        return noSuch("The user policy with name %s cannot be found.".formatted(name));
    }

    static RegistryException noSuchPolicy(String arn) {
        return POLICY.matcher(arn).matches() ? noSuch("Policy %s was not found.".formatted(arn)) : invalidArn(arn);
    }

    static RegistryException notAttachable(String arn) {
        return POLICY.matcher(arn).matches()
                ? noSuch("Policy %s does not exist or is not attachable.".formatted(arn))
                : invalidArn(arn);
    }

    /// What is no policy's ARN at all is not one that is missing.
    private static RegistryException invalidArn(String arn) {
        return input("ARN %s is not valid.".formatted(arn));
    }

    static RegistryException noSuchVersion(String arn, String version) {
        return noSuch("Policy %s version %s does not exist or is not attachable.".formatted(arn, version));
    }

    static RegistryException noSuch(String message) {
        return of(Kind.NO_SUCH_ENTITY, message);
    }

    static RegistryException exists(String message) {
        return of(Kind.ENTITY_ALREADY_EXISTS, message);
    }

    static RegistryException conflict(String message) {
        return of(Kind.DELETE_CONFLICT, message);
    }

    /// @param quota IAM's name of it, such as `AccessKeysPerUser`
    static RegistryException quota(String quota, int most) {
        return limit("Cannot exceed quota for %s: %d".formatted(quota, most));
    }

    static RegistryException limit(String message) {
        return of(Kind.LIMIT_EXCEEDED, message);
    }

    static RegistryException malformed(String message) {
        return of(Kind.MALFORMED_POLICY_DOCUMENT, message);
    }

    static RegistryException input(String message) {
        return of(Kind.INVALID_INPUT, message);
    }

    static RegistryException invalid(String message) {
        return of(Kind.VALIDATION_ERROR, message);
    }

    private static RegistryException of(Kind kind, String message) {
        return new RegistryException(new Identity(kind, message));
    }
}
