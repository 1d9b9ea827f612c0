package entrepot.kms;

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

/// How the key service tells each refusal. Source: the errors of each action in the KMS API reference, all of which but
/// internal ones have status 400.
public final class KmsErrors implements JsonDialect {

    public static final KmsErrors WORDS = new KmsErrors();

    private static final Logger LOG = LoggerFactory.getLogger(KmsErrors.class);

    private KmsErrors() {}

    @Override
    public String service() {
        return "AWS KMS";
    }

    @Override
    public ApiError of(RegistryError error) {
        return switch (error) {
            case KmsError refusal -> new ApiError(400, refusal.type(), refusal.message());
            case EveryApiError.AccessDenied denied -> new ApiError(400, denied.type(), denied.message());
            case EveryApiError.Throttling throttling -> new ApiError(503, throttling.type(), throttling.message());
            case EveryApiError.Unavailable gone -> new ApiError(503, "DependencyTimeoutException", gone.message());
            case EveryApiError.NotStorable text -> new ApiError(400, "ValidationException", text.message());
            case EveryApiError.StorageFull full -> new ApiError(500, "KMSInternalException", full.message());
            case BothDoorsError _, JsonAloneError _, IamError _, SecretsError _ -> unforeseen(error);
        };
    }

    /// No operation of KMS's has a reason to say it.
    private ApiError unforeseen(RegistryError error) {
        LOG.error("KMS has no words for {}: {}", error.type(), error.message());
        return internal();
    }

    /// By the name of the Java member, without the value, which may be a secret.
    @Override
    public RegistryException invalid(String path, String constraint) {
        var member =
                Arrays.stream(path.split("\\.")).map(KmsErrors::decapitalised).collect(Collectors.joining("."));
        return KmsError.Kind.VALIDATION.refusal(
                "1 validation error detected: Value at '%s' failed to satisfy constraint: %s"
                        .formatted(member, constraint));
    }

    private static String decapitalised(String name) {
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    @Override
    public ApiError internal() {
        return new ApiError(500, "KMSInternalException", "The request failed because of an error in the key service.");
    }
}
