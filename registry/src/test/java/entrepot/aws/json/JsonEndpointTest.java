package entrepot.aws.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.auth.Access;
import entrepot.auth.Callers;
import entrepot.auth.KeyUsage;
import entrepot.auth.KnownKeys;
import entrepot.auth.KnownPolicies;
import entrepot.auth.Regions;
import entrepot.auth.RegistryHosts;
import entrepot.auth.sigv4.SigV4;
import entrepot.aws.Calls;
import entrepot.aws.Service;
import entrepot.aws.protocol.SignedCalls;
import entrepot.domain.Content;
import entrepot.domain.EveryApiError;
import entrepot.domain.Law;
import entrepot.domain.RegistryAddress;
import entrepot.domain.RegistryException;
import entrepot.ecr.EcrApi;
import entrepot.http.Client;
import entrepot.http.HttpHeaders;
import entrepot.http.HttpRequest;
import entrepot.http.HttpResponse;
import entrepot.http.InRequest;
import entrepot.http.body.MemoryBudget;
import entrepot.http.body.SpoolFolder;
import entrepot.http.body.Spools;
import entrepot.operation.AuditTrail;
import entrepot.operation.Family;
import entrepot.operation.Operations;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import tools.jackson.databind.JsonNode;

class JsonEndpointTest {

    private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.";
    private static final AccessKey KEY = Trial.KEY;

    private final Trial.ListTagsForResource listTags = new Trial.ListTagsForResource();
    private final Trial.UploadLayerPart uploadPart = new Trial.UploadLayerPart();

    @TempDir
    private Path folder;

    private JsonEndpoint endpoint;

    private final MetadataStore metadata = TestStores.metadata();

    @AfterEach
    void close() {
        metadata.close();
    }

    @BeforeEach
    void start() {
        metadata.transact(tx -> {
            tx.accounts().create(KEY.account(), Instant.EPOCH);
            tx.accessKeys().create(KEY);
            return KEY;
        });
        endpoint = endpoint(SpoolFolder.in(folder.resolve("spool")));
    }

    private JsonEndpoint endpoint(SpoolFolder spool) {
        return endpoint(new Spools(MemoryBudget.ofHeap(), spool, 1L << 30));
    }

    private JsonEndpoint endpoint(Spools spools) {
        var clock = InstantSource.system();
        var signed = new SignedCalls(
                new SigV4(new KnownKeys(metadata, clock), new KeyUsage(), Regions.ANY, clock),
                new Callers(new RegistryHosts(_ -> new RegistryAddress("http", "localhost"), Set.of())),
                new Calls(new Operations(new Access(new KnownPolicies(metadata, clock), clock), AuditTrail.NONE)),
                spools);
        var ecr = Service.ecr(List.<Family>of(() -> List.of(listTags, uploadPart, new Trial.PutImage())));
        return new JsonEndpoint(signed, List.of(EcrApi.of(ecr, Law.ECR)));
    }

    @Test
    void an_operation_is_answered_in_its_shape() throws IOException {
        var response = call("ListTagsForResource", "{\"resourceArn\":\"x\"}");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().first("Content-Type")).contains("application/x-amz-json-1.1");
        assertThat(response.headers().first("x-amzn-RequestId").orElseThrow()).hasSize(36);
        assertThat(Documents.text(response.body())).isEqualTo("{\"tags\":[{\"Key\":\"ECR\",\"Value\":\"x\"}]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ListTagsForResource",
                "AmazonEC2ContainerRegistry_V20150921",
                TARGET,
                TARGET + "listTagsForResource",
                TARGET + "Nothing",
                "AmazonSSM.ListTagsForResource",
                "X" + TARGET + "ListTagsForResource"
            })
    void a_target_that_ecr_does_not_have_is_an_unknown_operation_whoever_asks(String target) throws IOException {
        assertRefusal(post(HttpHeaders.EMPTY.with("X-Amz-Target", target), "{}"), 404, "UnknownOperationException");
        assertRefusal(post(HttpHeaders.EMPTY, "{}"), 404, "UnknownOperationException");
    }

    @Test
    void two_targets_are_none() throws IOException {
        var two = signed("ListTagsForResource", "{}").with("X-Amz-Target", TARGET + "ListTagsForResource");

        assertRefusal(post(two, "{}"), 404, "UnknownOperationException");
    }

    @Test
    void an_operation_not_built_yet_says_so_to_whoever_signed() throws IOException {
        var refusal = assertRefusal(call("StartImageScan", "not even JSON"), 501, "NotImplementedException");

        assertThat(refusal.get("message").asString()).contains("StartImageScan");
        assertRefusal(post(target("StartImageScan"), "{}"), 400, "MissingAuthenticationTokenException");
    }

    @Test
    void without_a_signature_the_body_is_not_read() throws IOException {
        var request = new HttpRequest(
                "POST",
                "/",
                "",
                target("ListTagsForResource"),
                new OddBodies.Unreadable(),
                new Client("127.0.0.1", false));

        var refusal = assertRefusal(handle(request), 400, "MissingAuthenticationTokenException");

        assertThat(refusal.get("message").asString()).isEqualTo("Missing Authentication Token");
    }

    @Test
    void a_document_is_not_parsed_before_its_signature_is_proven() throws IOException {
        var signed = signed("ListTagsForResource", "{}");

        assertRefusal(post(signed, "not even JSON"), 400, "InvalidSignatureException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"resourceArn\":1}"})
    void a_document_of_another_form_is_a_serialization_exception(String json) throws IOException {
        assertRefusal(call("ListTagsForResource", json), 400, "SerializationException");
    }

    @Test
    void a_broken_constraint_is_told_in_ecrs_words() throws IOException {
        var refusal = assertRefusal(call("ListTagsForResource", ""), 400, "InvalidParameterException");

        assertThat(refusal.get("message").asString())
                .isEqualTo(
                        "Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Member must not be null'");
    }

    @Test
    void a_denial_is_told() throws IOException {
        var refusal = assertRefusal(
                call("ListTagsForResource", "{\"resourceArn\":\"of another\"}"), 400, "AccessDeniedException");

        assertThat(refusal.get("message").asString())
                .startsWith(
                        "User: arn:aws:iam::012345678901:root is not authorized to perform: ecr:ListTagsForResource");
    }

    @Test
    void a_refusal_of_an_operation_is_told() throws IOException {
        listTags.answer(_ -> {
            throw new RegistryException(new EveryApiError.Throttling());
        });

        var refusal = assertRefusal(call("ListTagsForResource", "{\"resourceArn\":\"x\"}"), 503, "ThrottlingException");

        assertThat(refusal.get("message").asString()).isEqualTo("Rate exceeded");
    }

    @Test
    void who_finds_no_memory_is_told_to_come_again() throws IOException {
        var memory = new MemoryBudget(16 << 20, Duration.ZERO);
        var crowded = endpoint(new Spools(memory, SpoolFolder.in(folder.resolve("spool")), 1L << 30));
        var body = "{\"resourceArn\":\"x\"}";
        try (var _ = memory.reserve(8 << 20)) {
            var request = request(signed("ListTagsForResource", body), body);
            assertRefusal(InRequest.handle(crowded, request), 503, "ThrottlingException");
        }
        var request = request(signed("ListTagsForResource", body), body);
        assertThat(InRequest.handle(crowded, request).status()).isEqualTo(200);
    }

    @Test
    void a_body_that_finds_no_room_on_the_disk_is_refused_before_it_is_proven() throws IOException {
        var spool = SpoolFolder.in(folder.resolve("spool"));
        var crowded = endpoint(new Spools(MemoryBudget.ofHeap(), spool, 1 << 20, Duration.ZERO));
        var request = request(signed("UploadLayerPart", "{}"), part(new byte[1 << 20]));

        assertRefusal(InRequest.handle(crowded, request), 503, "ThrottlingException");
        assertThat(folder.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void whatever_else_goes_wrong_is_an_internal_failure_that_gives_nothing_away() throws IOException {
        listTags.answer(secret -> {
            throw new IllegalStateException(secret);
        });

        var refusal = assertRefusal(call("ListTagsForResource", "{\"resourceArn\":\"x\"}"), 500, "InternalFailure");

        assertThat(refusal.get("message").asString())
                .isEqualTo("The request failed because of an error in the registry.");
    }

    @Test
    void a_part_of_20_mib_goes_through_a_file_that_nobody_else_sees() throws IOException {
        var part = new byte[20 << 20];
        new Random(1).nextBytes(part);

        var response = call("UploadLayerPart", part(part));

        assertThat(Documents.text(response.body()))
                .isEqualTo(
                        "{\"repositoryName\":\"app\",\"uploadId\":\"%s\",\"lastByteReceived\":20971519}".formatted(ID));
        assertThat(uploadPart.digest()).isEqualTo(Documents.sha256(new Content.Bytes(part)));
        assertThat(folder.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void one_byte_more_is_refused() throws IOException {
        var refusal = assertRefusal(
                call("UploadLayerPart", part(new byte[(20 << 20) + 1])), 400, "InvalidParameterException");

        assertThat(refusal.get("message").asString())
                .endsWith("at 'layerPartBlob' failed to satisfy constraint: 'Member must have length less than or equal"
                        + " to 20971520'");
        assertThat(folder.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void a_body_above_32_mib_is_refused_before_it_is_read_or_where_it_passes_that() throws IOException {
        var signed = signed("UploadLayerPart", "{}");
        for (var body : List.of(new OddBodies.Endless(EcrApi.LARGEST + 1), new OddBodies.Endless(-1))) {
            var request = new HttpRequest("POST", "/", "", signed, body, new Client("127.0.0.1", false));
            assertRefusal(handle(request), 413, "RequestEntityTooLargeException");
        }
        assertThat(folder.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void a_manifest_of_4_mib_comes_back_to_the_letter() throws IOException {
        var manifest = "é\"\\\n\u0001".repeat((4 << 20) / 5);

        var response = call("PutImage", document("imageManifest", manifest));

        var image = read(response).get("image");
        assertThat(image.get("imageManifest").asString()).isEqualTo(manifest);
        assertThat(image.has("imageDigest")).as("not in the model's shape").isFalse();
        assertThat(folder.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void a_manifest_with_half_a_surrogate_pair_is_no_manifest() throws IOException {
        var refusal = assertRefusal(
                call("PutImage", "{\"repositoryName\":\"app\",\"imageManifest\":\"\\ud83d\"}"),
                400,
                "InvalidParameterException");

        assertThat(refusal.get("message").asString())
                .contains("'ImageManifest'")
                .contains("'Invalid JSON syntax'");
    }

    @Test
    void a_client_that_goes_away_is_not_answered() {
        var request = new HttpRequest(
                "POST", "/", "", signed("PutImage", "{}"), new OddBodies.Broken(), new Client("127.0.0.1", false));

        assertThatThrownBy(() -> handle(request))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
        assertThat(folder.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void a_full_disk_is_told() throws IOException {
        var full = endpoint(() -> FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE));
        var request = request(signed("UploadLayerPart", "{}"), part(new byte[1 << 20]));

        assertRefusal(InRequest.handle(full, request), 500, "ServerException");
    }

    @Test
    void a_spool_that_cannot_be_made_is_an_internal_failure() throws IOException {
        Files.writeString(folder.resolve("spool"), "in the way");

        assertRefusal(call("UploadLayerPart", part(new byte[1 << 20])), 500, "InternalFailure");
        assertThat(call("UploadLayerPart", part(new byte[1])).status()).isEqualTo(200);
    }

    private static final String ID = "0197c5a0-1111-7222-8333-0123456789ab";

    private static String part(byte[] bytes) {
        return "{\"repositoryName\":\"app\",\"uploadId\":\"%s\",\"partFirstByte\":0,\"partLastByte\":1,\"layerPartBlob\":\"%s\"}"
                .formatted(ID, Base64.getEncoder().encodeToString(bytes));
    }

    private static String document(String name, String value) {
        return ModelFacts.MAPPER
                .createObjectNode()
                .put("repositoryName", "app")
                .put(name, value)
                .toString();
    }

    private HttpResponse call(String operation, String body) throws IOException {
        return post(signed(operation, body), body);
    }

    /// As the AWS SDK signs it.
    private static HttpHeaders signed(String operation, String body) {
        var request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(URI.create("http://localhost/"))
                .putHeader("X-Amz-Target", TARGET + operation)
                .build();
        var signed = AwsV4HttpSigner.create()
                .sign(sign -> sign.identity(AwsCredentialsIdentity.create(KEY.id(), KEY.secret()))
                        .request(request)
                        .payload(() -> new ByteArrayInputStream(body.getBytes(UTF_8)))
                        .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "ecr")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "eu-west-1"));
        var headers = new ArrayList<HttpHeaders.Line>();
        signed.request()
                .forEachHeader(
                        (name, values) -> values.forEach(value -> headers.add(new HttpHeaders.Line(name, value))));
        return new HttpHeaders(headers);
    }

    private HttpResponse post(HttpHeaders headers, String body) throws IOException {
        return handle(request(headers, body));
    }

    private HttpResponse handle(HttpRequest request) throws IOException {
        return InRequest.handle(endpoint, request);
    }

    private static HttpRequest request(HttpHeaders headers, String body) {
        return new HttpRequest(
                "POST", "/", "", headers, new Content.Bytes(body.getBytes(UTF_8)), new Client("127.0.0.1", false));
    }

    private static HttpHeaders target(String operation) {
        return HttpHeaders.EMPTY.with("X-Amz-Target", TARGET + operation);
    }

    private static JsonNode read(HttpResponse response) {
        return ModelFacts.MAPPER.readTree(Documents.bytes(response.body()));
    }

    private static JsonNode assertRefusal(HttpResponse response, int status, String type) {
        var body = read(response);
        assertThat(body.get("__type").asString()).isEqualTo(type);
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.headers().first("Content-Type")).contains("application/x-amz-json-1.1");
        assertThat(response.headers().first("x-amzn-RequestId")).isPresent();
        return body;
    }
}
