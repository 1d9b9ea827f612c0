package entrepot.oci;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import entrepot.domain.BothDoorsError;
import entrepot.domain.Digest;
import entrepot.domain.EveryApiError;
import entrepot.domain.IamError;
import entrepot.domain.ImageError;
import entrepot.domain.JsonAloneError;
import entrepot.domain.KmsError;
import entrepot.domain.LayerError;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryErrors;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryError;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability;
import entrepot.domain.TemplatePrefix;
import entrepot.domain.UploadId;
import entrepot.domain.UpstreamFault;
import entrepot.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OciErrorsTest {

    private static final RegistryId REGISTRY = new RegistryId(new AccountId("123456789012"), "eu-west-1");
    private static final RepositoryName NAME = new RepositoryName("team/app");
    private static final Repository REPOSITORY =
            new Repository(1, REGISTRY, NAME, TagMutability.MUTABLE, false, 1, Instant.EPOCH, null);
    private static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, new byte[32]);
    private static final Tag TAG = new Tag("v1");
    private static final UploadId UPLOAD = new UploadId("0197f3c2-0000-7000-8000-000000000001");

    private static final Map<RegistryError, String> WORDED = Map.ofEntries(
            Map.entry(new JsonAloneError.InvalidParameter("p", "c"), "405 UNSUPPORTED"),
            Map.entry(new RepositoryError.InvalidRepositoryName("A"), "400 NAME_INVALID"),
            Map.entry(new ImageError.InvalidTag("."), "400 TAG_INVALID"),
            Map.entry(new RepositoryError.InvalidDigest("x"), "400 DIGEST_INVALID"),
            Map.entry(ImageError.InvalidManifest.SYNTAX, "400 MANIFEST_INVALID"),
            Map.entry(new ImageError.PreconditionFailed("m"), "412 PRECONDITION_FAILED"),
            Map.entry(new RepositoryError.RepositoryNotFound(REGISTRY, NAME), "404 NAME_UNKNOWN"),
            Map.entry(
                    new RepositoryError.TemplateWithoutRole(REGISTRY, NAME, new TemplatePrefix("team")),
                    "404 NAME_UNKNOWN"),
            Map.entry(new JsonAloneError.RepositoryAlreadyExists(REGISTRY, NAME), "405 UNSUPPORTED"),
            Map.entry(new JsonAloneError.RepositoryNotEmpty(REGISTRY, NAME), "405 UNSUPPORTED"),
            Map.entry(new JsonAloneError.RepositoryPolicyNotFound(REGISTRY, NAME), "405 UNSUPPORTED"),
            Map.entry(new JsonAloneError.RegistryPolicyNotFound(REGISTRY), "405 UNSUPPORTED"),
            Map.entry(new RepositoryError.LimitExceeded("too many"), "403 DENIED"),
            Map.entry(new JsonAloneError.InvalidTagParameter("m"), "405 UNSUPPORTED"),
            Map.entry(new JsonAloneError.TooManyTags("m"), "405 UNSUPPORTED"),
            Map.entry(new RepositoryError.Kms("KMS.DisabledException", "m"), "403 DENIED"),
            Map.entry(new RepositoryError.Kms("KMS.InternalException", "m"), "503 UNAVAILABLE"),
            Map.entry(new RepositoryError.Kms("KMS.ThrottlingException", "m"), "503 UNAVAILABLE"),
            Map.entry(new ImageError.ImageNotFound(REPOSITORY, null, "v1"), "404 MANIFEST_UNKNOWN"),
            Map.entry(new ImageError.ImageAlreadyExists(REPOSITORY, DIGEST, TAG), "400 TAG_INVALID"),
            Map.entry(new ImageError.ImageTagAlreadyExists(REPOSITORY, TAG), "400 TAG_INVALID"),
            Map.entry(new ImageError.ImageDigestDoesNotMatch(REPOSITORY, "d"), "400 MANIFEST_INVALID"),
            Map.entry(new ImageError.LayersNotFound(REPOSITORY, List.of(DIGEST)), "404 MANIFEST_BLOB_UNKNOWN"),
            Map.entry(
                    new ImageError.ReferencedImagesNotFound(REPOSITORY, List.of(DIGEST)), "404 MANIFEST_BLOB_UNKNOWN"),
            Map.entry(new LayerError.LayerNotFound(REPOSITORY, "d"), "404 BLOB_UNKNOWN"),
            Map.entry(new LayerError.LayerInaccessible(REPOSITORY, DIGEST), "404 BLOB_UNKNOWN"),
            Map.entry(new LayerError.LayerUnnamed(REPOSITORY, DIGEST), "404 BLOB_UNKNOWN"),
            Map.entry(new LayerError.UploadNotFound(REPOSITORY, UPLOAD), "404 BLOB_UPLOAD_UNKNOWN"),
            Map.entry(new LayerError.InvalidLayerPart(REPOSITORY, UPLOAD, 99, "m"), "416 BLOB_UPLOAD_INVALID"),
            Map.entry(LayerError.InvalidLayer.DIGEST, "400 BLOB_UPLOAD_INVALID"),
            Map.entry(new LayerError.LayerPartTooSmall(), "400 BLOB_UPLOAD_INVALID"),
            Map.entry(new LayerError.LayerAlreadyExists(REPOSITORY, DIGEST), "400 BLOB_UPLOAD_INVALID"),
            Map.entry(new LayerError.EmptyUpload(REPOSITORY, UPLOAD), "400 BLOB_UPLOAD_INVALID"),
            Map.entry(new JsonAloneError.Referenced("m"), "405 UNSUPPORTED"),
            Map.entry(new EveryApiError.AccessDenied("p", "ecr:PutImage", "*", "because"), "403 DENIED"),
            Map.entry(new IamError.Identity(IamError.Identity.Kind.INVALID_INPUT, "m"), "405 UNSUPPORTED"),
            Map.entry(new KmsError(KmsError.Kind.DISABLED, "m"), "405 UNSUPPORTED"),
            Map.entry(new EveryApiError.Throttling(), "503 TOOMANYREQUESTS"),
            Map.entry(new LayerError.UploadBusy(UPLOAD), "503 UNAVAILABLE"),
            Map.entry(new EveryApiError.Unavailable(), "503 UNAVAILABLE"),
            Map.entry(new EveryApiError.NotStorable(), "400 MANIFEST_INVALID"),
            Map.entry(new ImageError.UnableToGetUpstreamImage(UpstreamFault.ACCESS_DENIED), "403 DENIED"),
            Map.entry(new ImageError.UnableToGetUpstreamImage(UpstreamFault.UNAVAILABLE), "503 UNAVAILABLE"),
            Map.entry(new LayerError.UnableToGetUpstreamLayer(UpstreamFault.TOO_MANY_REQUESTS), "429 TOOMANYREQUESTS"),
            Map.entry(new EveryApiError.StorageFull(), "507 UNKNOWN"));

    static Stream<Map.Entry<RegistryError, String>> worded() {
        return WORDED.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("worded")
    void an_error_has_a_status_a_code_and_the_text_of_ecr(Map.Entry<RegistryError, String> worded) {
        var error = OciErrors.of(worded.getKey());
        assertThat(error.status() + " " + error.code()).isEqualTo(worded.getValue());
        assertThat(error.message()).isEqualTo(worded.getKey().message());
    }

    @Test
    void what_the_text_of_ecr_does_not_tell_is_told_in_detail() {
        var error = ImageError.InvalidManifest.SYNTAX.because("\"why\"");
        assertThat(new Reply(OciErrors.of(error).response()).text())
                .isEqualTo("{\"errors\":[{\"code\":\"MANIFEST_INVALID\",\"message\":\"Invalid parameter at"
                        + " 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'\","
                        + "\"detail\":\"\\\"why\\\"\"}]}\n");
    }

    @Test
    void every_error_that_has_words_of_its_own_is_in_the_table() {
        var worded = Stream.of(BothDoorsError.class, EveryApiError.class)
                .flatMap(RegistryErrors::of)
                .toList();

        assertThat(WORDED.keySet().stream().<Class<?>>map(RegistryError::getClass))
                .containsAll(worded);
    }

    @Test
    void a_chunk_out_of_order_is_told_where_the_upload_stands() {
        var headers = OciErrors.of(new LayerError.InvalidLayerPart(REPOSITORY, UPLOAD, 99, "m"))
                .headers();
        assertThat(headers.lines())
                .contains(
                        new HttpHeaders.Line("Range", "0-99"),
                        new HttpHeaders.Line("Location", "/v2/team/app/blobs/uploads/" + UPLOAD));
    }

    @Test
    void the_body_is_json_that_holds_any_text() {
        var response = new OciError(400, "CODE", "\"quoted\"\n").response();
        assertThat(new Reply(response).text())
                .isEqualTo("{\"errors\":[{\"code\":\"CODE\",\"message\":\"\\\"quoted\\\"\\n\"}]}\n");
        assertThat(response.headers().first("Content-Type")).contains("application/json");
    }
}
