package entrepot.ecr;

import entrepot.aws.json.JsonDialect;
import entrepot.aws.protocol.ApiError;
import entrepot.aws.protocol.Constraints;
import entrepot.domain.BothDoorsError;
import entrepot.domain.EveryApiError;
import entrepot.domain.IamError;
import entrepot.domain.JsonAloneError;
import entrepot.domain.KmsError;
import entrepot.domain.Law;
import entrepot.domain.LayerError;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryError;
import entrepot.domain.SecretsError;
import java.util.LinkedHashMap;
import java.util.Map;

/// How the JSON API tells each refusal. ECR answers its clients' mistakes with 400, denial and throttling included
/// (ECR API reference, "Common Error Types", names 403 for some; the live service sends 400).
public final class EcrErrors implements JsonDialect {

    public static final EcrErrors WORDS = new EcrErrors(true);

    /// Without our explanations.
    private static final EcrErrors ALONE = new EcrErrors(false);

    private final boolean explains;

    private EcrErrors(boolean explains) {
        this.explains = explains;
    }

    static EcrErrors under(Law law) {
        return law.explains() ? WORDS : ALONE;
    }

    @Override
    public String service() {
        return "Amazon ECR";
    }

    @Override
    public ApiError of(RegistryError error) {
        return switch (error) {
            case LayerError.InvalidLayerPart part -> invalidLayerPart(part);
            case RepositoryError.Kms kms ->
                new ApiError(400, kms.type(), kms.message(), Map.of("kmsError", kms.kmsError()));
            case EveryApiError.StorageFull full -> new ApiError(500, full.type(), full.message());
            case EveryApiError.AccessDenied _, EveryApiError.NotStorable _ -> worded(400, error);
            case EveryApiError.Throttling _, EveryApiError.Unavailable _, LayerError.UploadBusy _ -> worded(503, error);
            case BothDoorsError _, JsonAloneError _, IamError _, KmsError _, SecretsError _ -> worded(400, error);
        };
    }

    private ApiError worded(int status, RegistryError error) {
        return new ApiError(status, error.type(), text(error));
    }

    /// ECR's text first, since clients look for it.
    private String text(RegistryError error) {
        return !explains || error.explanation().isEmpty()
                ? error.message()
                : error.message() + ". " + error.explanation();
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

    /// In two dialects: `must ...` for a repository's name that is there, `Member must ...` for the rest (seen in
    /// aws/aws-dotnet-deploy#549, google/go-containerregistry#681, aws-actions/amazon-ecr-login#27).
    @Override
    public RegistryException invalid(String path, String constraint) {
        var isName = path.equals("repositoryName") && !constraint.endsWith(Constraints.NULL);
        var worded = isName ? ofName(constraint) : constraint;
        return new RegistryException(new JsonAloneError.InvalidParameter(path, worded));
    }

    private static String ofName(String constraint) {
        var violation = constraint.replaceFirst("^Member ", "");
        return violation.startsWith(Constraints.PATTERN)
                ? "must satisfy regular expression '%s'".formatted(violation.substring(Constraints.PATTERN.length()))
                : violation;
    }
}
