package entrepot.oci;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryErrors;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability;
import entrepot.domain.UploadId;
import entrepot.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OciErrorsTest {

    private static final RegistryId REGISTRY = new RegistryId("123456789012", "eu-west-1");
    private static final RepositoryName NAME = new RepositoryName("team/app");
    private static final Repository REPOSITORY =
            new Repository(1, REGISTRY, NAME, TagMutability.MUTABLE, false, 1, Instant.EPOCH);
    private static final Digest DIGEST = Digest.of(Digest.Algorithm.SHA256, new byte[32]);
    private static final Tag TAG = new Tag("v1");
    private static final UploadId UPLOAD = new UploadId("0197f3c2-0000-7000-8000-000000000001");

    private static final Map<RegistryError, String> WORDED = Map.ofEntries(
            Map.entry(new RegistryError.InvalidParameter("p", "c"), "405 UNSUPPORTED"),
            Map.entry(new RegistryError.InvalidRepositoryName("A"), "400 NAME_INVALID"),
            Map.entry(new RegistryError.InvalidTag("."), "400 TAG_INVALID"),
            Map.entry(new RegistryError.InvalidDigest("x"), "400 DIGEST_INVALID"),
            Map.entry(RegistryError.InvalidManifest.SYNTAX, "400 MANIFEST_INVALID"),
            Map.entry(new RegistryError.PreconditionFailed("m"), "412 PRECONDITION_FAILED"),
            Map.entry(new RegistryError.RepositoryNotFound(REGISTRY, NAME), "404 NAME_UNKNOWN"),
            Map.entry(new RegistryError.RepositoryAlreadyExists(REGISTRY, NAME), "405 UNSUPPORTED"),
            Map.entry(new RegistryError.RepositoryNotEmpty(REGISTRY, NAME), "405 UNSUPPORTED"),
            Map.entry(new RegistryError.RepositoryPolicyNotFound(REGISTRY, NAME), "405 UNSUPPORTED"),
            Map.entry(new RegistryError.RegistryPolicyNotFound(REGISTRY), "405 UNSUPPORTED"),
            Map.entry(new RegistryError.LimitExceeded("too many"), "403 DENIED"),
            Map.entry(new RegistryError.InvalidTagParameter("m"), "405 UNSUPPORTED"),
            Map.entry(new RegistryError.TooManyTags("m"), "405 UNSUPPORTED"),
            Map.entry(new RegistryError.Kms("m"), "405 UNSUPPORTED"),
            Map.entry(new RegistryError.ImageNotFound(REPOSITORY, null, "v1"), "404 MANIFEST_UNKNOWN"),
            Map.entry(new RegistryError.ImageAlreadyExists(REPOSITORY, DIGEST, TAG), "400 TAG_INVALID"),
            Map.entry(new RegistryError.ImageTagAlreadyExists(REPOSITORY, TAG), "400 TAG_INVALID"),
            Map.entry(new RegistryError.ImageDigestDoesNotMatch(REPOSITORY, "d"), "400 MANIFEST_INVALID"),
            Map.entry(new RegistryError.LayersNotFound(REPOSITORY, List.of(DIGEST)), "404 MANIFEST_BLOB_UNKNOWN"),
            Map.entry(
                    new RegistryError.ReferencedImagesNotFound(REPOSITORY, List.of(DIGEST)),
                    "404 MANIFEST_BLOB_UNKNOWN"),
            Map.entry(new RegistryError.LayerNotFound(REPOSITORY, "d"), "404 BLOB_UNKNOWN"),
            Map.entry(new RegistryError.UploadNotFound(REPOSITORY, UPLOAD), "404 BLOB_UPLOAD_UNKNOWN"),
            Map.entry(new RegistryError.InvalidLayerPart(REPOSITORY, UPLOAD, 99, "m"), "416 BLOB_UPLOAD_INVALID"),
            Map.entry(RegistryError.InvalidLayer.DIGEST, "400 BLOB_UPLOAD_INVALID"),
            Map.entry(new RegistryError.LayerPartTooSmall(), "400 BLOB_UPLOAD_INVALID"),
            Map.entry(new RegistryError.LayerAlreadyExists(REPOSITORY, DIGEST), "400 BLOB_UPLOAD_INVALID"),
            Map.entry(new RegistryError.EmptyUpload(REPOSITORY, UPLOAD), "400 BLOB_UPLOAD_INVALID"),
            Map.entry(new RegistryError.Referenced("m"), "405 UNSUPPORTED"),
            Map.entry(new RegistryError.AccessDenied("p", "ecr:PutImage", "*", "because"), "403 DENIED"),
            Map.entry(new RegistryError.Identity(RegistryError.Identity.Kind.INVALID_INPUT, "m"), "405 UNSUPPORTED"),
            Map.entry(new RegistryError.Throttling(), "503 TOOMANYREQUESTS"),
            Map.entry(new RegistryError.UploadBusy(UPLOAD), "503 UNAVAILABLE"),
            Map.entry(new RegistryError.StorageFull(), "507 UNKNOWN"));

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
        var error = RegistryError.InvalidManifest.SYNTAX.because("\"why\"");
        assertThat(new Reply(OciErrors.of(error).response()).text())
                .isEqualTo("{\"errors\":[{\"code\":\"MANIFEST_INVALID\",\"message\":\"Invalid parameter at"
                        + " 'ImageManifest' failed to satisfy constraint: 'Invalid JSON syntax'\","
                        + "\"detail\":\"\\\"why\\\"\"}]}\n");
    }

    @Test
    void every_error_that_has_words_of_its_own_is_in_the_table() {
        var worded = Stream.of(RegistryError.OfBothDoors.class, RegistryError.OfEveryApi.class)
                .flatMap(RegistryErrors::of)
                .toList();

        assertThat(WORDED.keySet().stream().<Class<?>>map(RegistryError::getClass))
                .containsAll(worded);
    }

    @Test
    void a_chunk_out_of_order_is_told_where_the_upload_stands() {
        var headers = OciErrors.of(new RegistryError.InvalidLayerPart(REPOSITORY, UPLOAD, 99, "m"))
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
