package entrepot.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.aws.json.Documents;
import entrepot.aws.json.JsonDocuments;
import entrepot.aws.json.ModelFacts;
import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Digest;
import entrepot.domain.EveryApiError;
import entrepot.domain.IamError;
import entrepot.domain.KmsError;
import entrepot.domain.LayerError;
import entrepot.domain.MediaType;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryErrors;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.SecretsError;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability;
import entrepot.domain.TemplatePrefix;
import entrepot.domain.UploadId;
import entrepot.domain.UpstreamFault;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EcrErrorsTest {

    private static final RepositoryName NAME = new RepositoryName("app");
    private static final RegistryId REGISTRY = new RegistryId(new AccountId("012345678901"), "eu-west-1");
    private static final Repository REPOSITORY =
            new Repository(1, REGISTRY, NAME, TagMutability.MUTABLE, false, 1, Instant.EPOCH, null);
    private static final UploadId UPLOAD = UploadId.random(Instant.EPOCH);

    /// Not in the model, but every AWS service has them (ECR API reference, "Common Error Types").
    private static final Set<String> COMMON = Set.of("AccessDeniedException", "ThrottlingException");

    private static final Map<Class<?>, Object> ANY = Map.ofEntries(
            Map.entry(String.class, "text"),
            Map.entry(long.class, 1L),
            Map.entry(List.class, List.of()),
            Map.entry(Repository.class, REPOSITORY),
            Map.entry(RepositoryName.class, NAME),
            Map.entry(RegistryId.class, REGISTRY),
            Map.entry(UploadId.class, UPLOAD),
            Map.entry(Tag.class, new Tag("latest")),
            Map.entry(MediaType.class, MediaType.OCI_INDEX),
            Map.entry(TemplatePrefix.class, new TemplatePrefix("team")),
            Map.entry(Arn.class, Arn.ANY),
            Map.entry(UpstreamFault.class, UpstreamFault.UNAVAILABLE),
            Map.entry(Digest.class, Digest.of(Digest.Algorithm.SHA256, new byte[32])));

    /// Without IAM's, KMS's and Secrets Manager's, which no operation of ECR's refuses with.
    static Stream<RegistryError> errors() {
        return RegistryErrors.all().stream()
                .filter(type -> type != IamError.Identity.class && type != KmsError.class && type != SecretsError.class)
                .map(EcrErrorsTest::make);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void every_error_has_a_name_that_ecr_has(RegistryError error) {
        var worded = EcrErrors.WORDS.of(error);
        var isModelled = ModelFacts.TABLE.get("shapes").path(worded.code()).has("exception");

        assertThat(isModelled || COMMON.contains(worded.code()))
                .as(worded.code())
                .isTrue();
        assertThat(worded.message())
                .isEqualTo(error.message() + (error.explanation().isEmpty() ? "" : ". " + error.explanation()));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void only_a_fault_of_the_registry_is_a_500(RegistryError error) {
        var worded = EcrErrors.WORDS.of(error);
        var isFault = ModelFacts.TABLE.get("shapes").path(worded.code()).has("fault");

        assertThat(worded.status()).isEqualTo(isPassing(error) ? 503 : isFault ? 500 : 400);
    }

    private static boolean isPassing(RegistryError error) {
        return error instanceof LayerError.UploadBusy
                || error instanceof EveryApiError.Throttling
                || error instanceof EveryApiError.Unavailable;
    }

    @Test
    void a_part_out_of_place_is_told_with_the_place() {
        var error = EcrErrors.WORDS.of(new LayerError.InvalidLayerPart(REPOSITORY, UPLOAD, 41, "text"));

        assertThat(Documents.text(JsonDocuments.of(error)))
                .isEqualTo(("{\"__type\":\"InvalidLayerPartException\",\"registryId\":\"012345678901\","
                                + "\"repositoryName\":\"app\",\"uploadId\":\"%s\",\"lastValidByteReceived\":41,"
                                + "\"message\":\"text\"}")
                        .formatted(UPLOAD));
    }

    @Test
    void of_an_upload_with_no_bytes_there_is_no_last_one() {
        var error = EcrErrors.WORDS.of(new LayerError.InvalidLayerPart(REPOSITORY, UPLOAD, -1, "text"));

        assertThat(error.members()).doesNotContainKey("lastValidByteReceived");
    }

    @Test
    void what_passes_is_told_with_the_status_that_brings_the_time_to_try_again() {
        assertThat(EcrErrors.WORDS.of(new LayerError.UploadBusy(UPLOAD)).status())
                .isEqualTo(503);
    }

    private static RegistryError make(Class<?> type) {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return (RegistryError) type.getDeclaredConstructor(types)
                    .newInstance(Arrays.stream(types)
                            .map(component -> Objects.requireNonNull(ANY.get(component), component::toString))
                            .toArray());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type.getName(), e);
        }
    }
}
