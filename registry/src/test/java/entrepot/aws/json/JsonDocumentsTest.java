package entrepot.aws.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import entrepot.aws.Built;
import entrepot.aws.model.ApiModel;
import entrepot.domain.AccountId;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.ImageStatus;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.RegistryException;
import entrepot.domain.RepositoryName;
import entrepot.domain.ResourceTag;
import entrepot.domain.StoredManifest;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability;
import entrepot.domain.UploadId;
import entrepot.ecr.EcrErrors;
import entrepot.http.body.MemoryBudget;
import entrepot.http.body.SignedBody;
import entrepot.http.body.SpoolFolder;
import entrepot.http.body.Spools;
import entrepot.operation.image.BatchGetImage;
import entrepot.operation.image.DescribeImages;
import entrepot.operation.image.ImageDetail;
import entrepot.operation.image.ImageView;
import entrepot.operation.image.ListImageReferrers;
import entrepot.operation.image.PutImage;
import entrepot.operation.layer.UploadLayerPart;
import entrepot.operation.registry.GetAuthorizationToken;
import entrepot.operation.repository.CreateRepository;
import entrepot.operation.repository.DeleteRepository;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class JsonDocumentsTest {

    private static final JsonDocuments JSON =
            new JsonDocuments(ApiModel.of(JsonEndpoint.class, "/entrepot/aws/ecr.json"), EcrErrors.WORDS);
    private static final RepositoryName NAME = new RepositoryName("team/app");

    @TempDir
    private Path folder;

    static Stream<Class<?>> operations() {
        return BuiltOperations.all();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_operation_takes_all_its_members(Class<?> operation) throws Exception {
        var example = ModelSites.example(ModelFacts.input(operation.getSimpleName()));
        if (operation == PutImage.class) {
            ((ObjectNode) example).put("imageDigest", "sha256:" + "a".repeat(64));
        }
        if (operation == ListImageReferrers.class) {
            ((ObjectNode) example.get("subjectId")).put("imageDigest", "sha256:" + "a".repeat(64));
        }

        var input = read(operation.getSimpleName(), BuiltOperations.input(operation), example.toString());

        for (var component : input.getClass().getRecordComponents()) {
            if (Built.isOfV2(operation.getSimpleName(), component.getName())) {
                continue; // no member of the model
            }
            assertThat(get(component, input)).as(component.getName()).isNotNull();
        }
    }

    private static Object get(RecordComponent component, Object record) throws ReflectiveOperationException {
        return component.getAccessor().invoke(record);
    }

    @Test
    void members_become_values_of_the_domain() throws IOException {
        var input = read("CreateRepository", CreateRepository.Input.class, """
                {"repositoryName": "team/app", "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
                 "imageTagMutabilityExclusionFilters": [{"filterType": "WILDCARD", "filter": "v*"}],
                 "tags": [{"Key": "a", "Value": "b"}, {"Key": "c", "Value": ""}]}
                """);

        assertThat(input.repositoryName()).isEqualTo(NAME);
        assertThat(input.imageTagMutability()).isEqualTo(TagMutability.Mode.IMMUTABLE_WITH_EXCLUSION);
        assertThat(input.imageTagMutabilityExclusionFilters())
                .singleElement()
                .satisfies(filter -> assertThat(filter.filter()).isEqualTo("v*"));
        assertThat(input.tags()).containsExactly(new ResourceTag("a", "b"), new ResourceTag("c", ""));
        assertThat(input.registryId()).isNull();
        assertThat(input.encryptionConfiguration()).isNull();
    }

    @Test
    void what_is_absent_is_null() throws IOException {
        assertThat(read("DeleteRepository", DeleteRepository.Input.class, "{\"repositoryName\":\"team/app\"}"))
                .isEqualTo(new DeleteRepository.Input(null, NAME, null));
    }

    @Test
    void a_manifest_is_the_utf_8_of_its_text() throws IOException {
        var input = read("PutImage", PutImage.Input.class, """
                {"repositoryName":"team/app","imageManifest":"{\\n  \\"\\u00e9\\ud83d\\ude00\\/\\"}\\n"}
                """);

        assertThat(input.imageManifest()).isEqualTo(ManifestBytes.ofText("{\n  \"é😀/\"}\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            imageManifest ; \\ud83d ; ImageManifest ; Invalid JSON syntax
            imageManifest ; x\\ude00\\ud83d ; ImageManifest ; Invalid JSON syntax
            imageTag ; -latest ; imageTag ; must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'
            imageTag ; a+b ; imageTag ; must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}'
            imageDigest ; sha256:AB ; imageDigest ; must satisfy regular expression 'sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}'
            """, quoteCharacter = '`')
    void what_a_value_refuses_is_told_at_the_members_name(String member, String text, String name, String constraint) {
        var json = "{\"repositoryName\":\"team/app\",\"imageManifest\":\"{}\",\"%s\":\"%s\"}".formatted(member, text);
        var document = member.equals("imageManifest") ? json.replace("\"imageManifest\":\"{}\",", "") : json;

        assertThatThrownBy(() -> read("PutImage", PutImage.Input.class, document))
                .isInstanceOf(RegistryException.class)
                .hasMessage("Invalid parameter at '%s' failed to satisfy constraint: '%s'".formatted(name, constraint));
    }

    @Test
    void times_are_seconds_with_thousandths() {
        var expires = Instant.ofEpochMilli(1_764_021_521_120L);

        assertThat(write(
                        "GetAuthorizationToken",
                        new GetAuthorizationToken.Output(
                                List.of(new GetAuthorizationToken.AuthorizationData("dG9rZW4=", expires, "http://a")))))
                .isEqualTo("{\"authorizationData\":[{\"authorizationToken\":\"dG9rZW4=\",\"expiresAt\":1764021521.120,"
                        + "\"proxyEndpoint\":\"http://a\"}]}");
    }

    @Test
    void nothing_is_written_of_null_members() {
        var digest = Digest.of(Digest.Algorithm.SHA256, new byte[32]);
        var detail = new ImageDetail(
                new AccountId("012345678901"),
                NAME,
                digest,
                List.of(new Tag("b"), new Tag("a")),
                7,
                Instant.EPOCH,
                MediaType.OCI_INDEX,
                null,
                null,
                null,
                null,
                null,
                ImageStatus.ACTIVE,
                null,
                null);

        assertThat(write("DescribeImages", new DescribeImages.Output(List.of(detail), null)))
                .isEqualTo(("{\"imageDetails\":[{\"registryId\":\"012345678901\",\"repositoryName\":\"team/app\","
                                + "\"imageDigest\":\"%s\",\"imageTags\":[\"b\",\"a\"],\"imageSizeInBytes\":7,"
                                + "\"imagePushedAt\":0.000,\"imageManifestMediaType\":"
                                + "\"application/vnd.oci.image.index.v1+json\",\"imageStatus\":\"ACTIVE\"}]}")
                        .formatted(digest));
    }

    @Test
    void a_part_of_20_mib_is_never_in_memory() throws IOException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var body = SignedBody.receive(new Content.Bytes(part()), 32L << 20, spools().forBody())) {
            readAndDecode(body::open);
            var before = threads.getCurrentThreadAllocatedBytes();
            readAndDecode(body::open);

            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
        }
    }

    /// Characters of four bytes lie across the ends of all pieces.
    @Test
    void a_long_manifest_is_written_piece_by_piece() {
        var text = "a" + "\ud83d\ude00".repeat(100_000);
        var bytes = text.getBytes(UTF_8);
        var stored = new StoredManifest(
                bytes.length,
                (offset, length) ->
                        Optional.of(Arrays.copyOfRange(bytes, (int) offset, (int) offset + Math.min(length, 1 << 17))));
        var id = new ImageView.ImageId(Digest.of(Digest.Algorithm.SHA256, new byte[32]), new Tag("v1"));
        var output = new BatchGetImage.Output(
                List.of(new ImageView(new AccountId("123456789012"), NAME, id, stored, MediaType.OCI_MANIFEST)),
                List.of());

        assertThat(write("BatchGetImage", output)).contains("\"imageManifest\":\"" + text + "\"");
    }

    private static byte[] part() {
        var id = UploadId.random(Instant.EPOCH);
        var base64 = Base64.getEncoder().encodeToString(new byte[20 << 20]);
        return "{\"repositoryName\":\"team/app\",\"uploadId\":\"%s\",\"partFirstByte\":0,\"partLastByte\":%d,\"layerPartBlob\":\"%s\"}"
                .formatted(id, (20 << 20) - 1, base64)
                .getBytes(UTF_8);
    }

    private static void readAndDecode(JsonSource body) throws IOException {
        var input = JSON.read("UploadLayerPart", UploadLayerPart.Input.class, body);
        input.layerPartBlob().writeTo(new Documents.NullChannel(ByteBuffer::remaining));
    }

    private static <I> I read(String operation, Class<I> type, String json) throws IOException {
        return JSON.read(operation, type, Documents.of(json));
    }

    private Spools spools() {
        return new Spools(MemoryBudget.ofHeap(), SpoolFolder.in(folder), 1L << 30);
    }

    private String write(String operation, Object output) {
        var document = spools().forAnswer();
        JSON.write(operation, output, document);
        return Documents.text(document.content());
    }
}
