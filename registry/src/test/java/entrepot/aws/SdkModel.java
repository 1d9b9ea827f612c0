package entrepot.aws;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sts.StsClient;

/// What the AWS SDK knows of an API: its operations, and the members of their requests and responses. It spells names
/// in cases of its own.
final class SdkModel {

    private static final Map<String, SdkModel> MODELS = Map.of(
            "ecr", new SdkModel(EcrClient.class),
            "iam", new SdkModel(IamClient.class),
            "sts", new SdkModel(StsClient.class),
            "kms", new SdkModel(KmsClient.class),
            "secretsmanager", new SdkModel(SecretsManagerClient.class));

    /// By the operation.
    private final Map<String, Class<?>> requests = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private SdkModel(Class<?> client) {
        Arrays.stream(client.getMethods())
                .flatMap(method -> Arrays.stream(method.getParameterTypes()))
                .filter(type -> SdkPojo.class.isAssignableFrom(type)
                        && type.getSimpleName().endsWith("Request"))
                .forEach(type -> requests.put(type.getSimpleName().replaceFirst("Request$", ""), type));
    }

    static SdkModel of(String service) {
        return Objects.requireNonNull(MODELS.get(service), service);
    }

    Set<String> operations() {
        return requests.keySet();
    }

    SdkPojo request(String operation) throws ReflectiveOperationException {
        return pojo(type(operation));
    }

    SdkPojo response(String operation) throws ReflectiveOperationException {
        return pojo(Class.forName(type(operation).getName().replaceFirst("Request$", "Response")));
    }

    private Class<?> type(String operation) {
        return Objects.requireNonNull(requests.get(operation), operation);
    }

    private static SdkPojo pojo(Class<?> type) throws ReflectiveOperationException {
        return (SdkPojo) type.getMethod("builder").invoke(null);
    }

    static Map<String, SdkField<?>> fields(SdkPojo pojo) {
        var fields = new TreeMap<String, SdkField<?>>();
        pojo.sdkFields().forEach(field -> fields.put(field.locationName(), field));
        return fields;
    }
}
