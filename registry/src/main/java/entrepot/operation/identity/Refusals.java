package entrepot.operation.identity;

import entrepot.domain.Arn;
import entrepot.domain.IamError.Identity;
import entrepot.domain.IamError.Identity.Kind;
import entrepot.domain.RegistryException;
import entrepot.domain.UserName;
import java.util.regex.Pattern;

/// Refusals in IAM's words. Sources: the errors of each action in the IAM API reference; texts as the live service and
/// Terraform's and boto's issue trackers show them.
public final class Refusals {

    private static final Pattern POLICY = Pattern.compile("arn:[a-z-]+:iam::(?:[0-9]{12}|aws):policy/.+");

    private Refusals() {}

    static RegistryException noSuchUser(UserName name) {
        return noSuch("The user with name %s cannot be found.".formatted(name));
    }

    public static RegistryException noSuchKey(String id) {
        return noSuch("The Access Key with id %s cannot be found.".formatted(id));
    }

    public static RegistryException noSuchUserPolicy(String name) {
        return noSuch("The user policy with name %s cannot be found.".formatted(name));
    }

    public static RegistryException noSuchPolicy(Arn arn) {
        return POLICY.matcher(arn.value()).matches()
                ? noSuch("Policy %s was not found.".formatted(arn))
                : invalidArn(arn);
    }

    public static RegistryException notAttachable(Arn arn) {
        return POLICY.matcher(arn.value()).matches()
                ? noSuch("Policy %s does not exist or is not attachable.".formatted(arn))
                : invalidArn(arn);
    }

    /// What is no policy's ARN at all is not one that is missing.
    private static RegistryException invalidArn(Arn arn) {
        return input("ARN %s is not valid.".formatted(arn));
    }

    public static RegistryException noSuchVersion(Arn arn, String version) {
        return noSuch("Policy %s version %s does not exist or is not attachable.".formatted(arn, version));
    }

    public static RegistryException noSuch(String message) {
        return of(Kind.NO_SUCH_ENTITY, message);
    }

    public static RegistryException exists(String message) {
        return of(Kind.ENTITY_ALREADY_EXISTS, message);
    }

    public static RegistryException conflict(String message) {
        return of(Kind.DELETE_CONFLICT, message);
    }

    /// That there are as many as a quota allows.
    ///
    /// @param quota IAM's name of it, such as `AccessKeysPerUser`
    public static RegistryException quota(String quota, int most) {
        return limit("Cannot exceed quota for %s: %d".formatted(quota, most));
    }

    public static RegistryException limit(String message) {
        return of(Kind.LIMIT_EXCEEDED, message);
    }

    public static RegistryException malformed(String message) {
        return of(Kind.MALFORMED_POLICY_DOCUMENT, message);
    }

    public static RegistryException input(String message) {
        return of(Kind.INVALID_INPUT, message);
    }

    public static RegistryException invalid(String message) {
        return of(Kind.VALIDATION_ERROR, message);
    }

    private static RegistryException of(Kind kind, String message) {
        return new RegistryException(new Identity(kind, message));
    }
}
