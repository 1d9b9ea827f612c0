package entrepot.secrets;

import entrepot.aws.json.JsonDialect;
import entrepot.aws.protocol.ApiError;
import entrepot.domain.BothDoorsError;
import entrepot.domain.EveryApiError;
import entrepot.domain.IamError;
import entrepot.domain.JsonAloneError;
import entrepot.domain.KmsError;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import entrepot.domain.SecretsError;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How Secrets Manager tells each refusal. Source: the errors of each action in the Secrets Manager API reference, all
/// of which but internal ones have status 400.
public final class SecretsErrors implements JsonDialect {

    public static final SecretsErrors WORDS = new SecretsErrors();

    private static final Logger LOG = LoggerFactory.getLogger(SecretsErrors.class);
    private static final String INTERNAL = "InternalServiceError";

    private SecretsErrors() {}

    @Override
    public String service() {
        return "AWS Secrets Manager";
    }

    @Override
    public ApiError of(RegistryError error) {
        return switch (error) {
            case SecretsError refusal -> new ApiError(400, refusal.type(), refusal.message());
            case EveryApiError.AccessDenied denied -> new ApiError(400, denied.type(), denied.message());
            case EveryApiError.Throttling throttling -> new ApiError(503, throttling.type(), throttling.message());
            case EveryApiError.Unavailable gone -> new ApiError(503, INTERNAL, gone.message());
            case EveryApiError.NotStorable text -> new ApiError(400, "ValidationException", text.message());
            case EveryApiError.StorageFull full -> new ApiError(500, INTERNAL, full.message());
            case BothDoorsError _, JsonAloneError _, IamError _, KmsError _ -> unforeseen(error);
        };
    }

    /// No operation of Secrets Manager's has a reason to say it.
    private ApiError unforeseen(RegistryError error) {
        LOG.error("Secrets Manager has no words for {}: {}", error.type(), error.message());
        return internal();
    }

    /// By the name of the Java member, without the value, which may be a secret.
    @Override
    public RegistryException invalid(String path, String constraint) {
        var member = Arrays.stream(path.split("\\."))
                .map(SecretsErrors::decapitalised)
                .collect(Collectors.joining("."));
        return SecretsError.Kind.VALIDATION.refusal(
                "1 validation error detected: Value at '%s' failed to satisfy constraint: %s"
                        .formatted(member, constraint));
    }

    private static String decapitalised(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    @Override
    public ApiError internal() {
        return new ApiError(500, INTERNAL, "An error occurred on the server side.");
    }
}
