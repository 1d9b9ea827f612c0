package entrepot.server;

import static entrepot.server.Manifests.CONFIG;
import static entrepot.server.Manifests.LAYER;
import static entrepot.server.Manifests.digest;
import static entrepot.server.Manifests.image;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.ecr.model.EncryptionType.AES256;
import static software.amazon.awssdk.services.ecr.model.EncryptionType.KMS;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecr.model.DescribeImagesRequest;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.Tag;

/// Pushes each case through both doors, into a repository each, and compares what was answered and what is stored; and
/// all that again where repositories are encrypted by the built-in key service. What may differ between the doors is
/// what the expectations say, and nothing else.
class OnePathTest {

    @TempDir
    static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() throws IOException {
        server = RunningServer.start(data, Map.of("limits.tags-per-image", "2", "limits.images-per-repository", "3"));
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    /// Each case in a repository of each encryption: what is answered is the same.
    static Stream<Arguments> rows() {
        return PushCases.all().flatMap(c -> Stream.of(AES256, KMS).map(encryption -> Arguments.of(c, encryption)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rows")
    void both_doors_are_one_path(PushCases.Case c, EncryptionType encryption) {
        var json = repository(c, encryption, "json");
        var v2 = repository(c, encryption, "v2");

        assertThat(putByJson(json, c.push())).startsWith(c.json().formatted(json));
        assertThat(putByV2(v2, c.push())).startsWith(c.v2());

        if (c.json().equals(PushCases.STORED) == c.v2().equals(PushCases.CREATED)
                || c.json().startsWith("ImageAlreadyExists")) {
            assertThat(stored(json)).isEqualTo(stored(v2));
        }
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("rows")
    void a_refusal_leaves_no_trace(PushCases.Case c, EncryptionType encryption) {
        var json = repository(c, encryption, "refused");
        var before = stored(json);

        if (!putByJson(json, c.push()).equals(PushCases.STORED)) {
            assertThat(stored(json)).isEqualTo(before);
        } else {
            assertThat(stored(json)).isNotEqualTo(before);
        }
    }

    @Test
    void a_push_by_either_door_makes_the_repository_that_a_template_says() {
        server.ecr()
                .createRepositoryCreationTemplate(r -> r.prefix("made")
                        .appliedForWithStrings("CREATE_ON_PUSH")
                        .imageTagMutability(ImageTagMutability.IMMUTABLE)
                        .encryptionConfiguration(e -> e.encryptionType(KMS))
                        .customRoleArn("arn:aws:iam::000000000000:role/ecr")
                        .resourceTags(Tag.builder().key("of").value("template").build()));
        var image = new PushCases.Push(image(Manifests.OCI), Manifests.OCI, "v1");

        server.ecr().initiateLayerUpload(r -> r.repositoryName("made/json/upload"));
        assertThat(server.send("POST", "/v2/made/v2/upload/blobs/uploads/", new byte[0])
                        .statusCode())
                .isEqualTo(202);
        assertThat(putByJson("made/json/image", image)).startsWith("LayersNotFoundException: ");
        assertThat(putByV2("made/v2/image", image)).isEqualTo("404 MANIFEST_BLOB_UNKNOWN");

        assertThat(Stream.of("json/upload", "v2/upload", "json/image", "v2/image")
                        .map(name -> settings("made/" + name))
                        .distinct())
                .containsExactly("IMMUTABLE KMS [Tag(Key=of, Value=template)]");
    }

    private static String settings(String name) {
        var made = server.ecr()
                .describeRepositories(r -> r.repositoryNames(name))
                .repositories()
                .getFirst();
        var tags = server.ecr()
                .listTagsForResource(r -> r.resourceArn(made.repositoryArn()))
                .tags();
        return "%s %s %s"
                .formatted(
                        made.imageTagMutability(),
                        made.encryptionConfiguration().encryptionType(),
                        tags);
    }

    @Test
    void a_template_that_can_make_none_refuses_at_either_door() {
        server.ecr()
                .createRepositoryCreationTemplate(r -> r.prefix("unmade")
                        .appliedForWithStrings("CREATE_ON_PUSH")
                        .resourceTags(Tag.builder().key("of").value("template").build()));
        var image = new PushCases.Push(image(Manifests.OCI), Manifests.OCI, "v1");

        assertThat(putByJson("unmade/json", image))
                .startsWith("RepositoryNotFoundException: The repository with name 'unmade/json' does not exist")
                .endsWith("needs a customRoleArn");
        assertThat(putByV2("unmade/v2", image)).isEqualTo("404 NAME_UNKNOWN");
        assertThat(putByJson("absent/json", image))
                .isEqualTo("RepositoryNotFoundException: The repository with name 'absent/json' does not exist in the"
                        + " registry with id '000000000000'");
        assertThat(putByV2("absent/v2", image)).isEqualTo("404 NAME_UNKNOWN");
    }

    private static String repository(PushCases.Case c, EncryptionType encryption, String door) {
        var name = "r%x-%s-%s".formatted(c.name().hashCode(), encryption.name().toLowerCase(Locale.ROOT), door);
        var made = server.ecr()
                .createRepository(r -> r.repositoryName(name)
                        .imageTagMutability(c.mutability())
                        .encryptionConfiguration(e -> e.encryptionType(encryption)));
        assertThat(made.repository().encryptionConfiguration().encryptionType()).isEqualTo(encryption);
        server.push(name, CONFIG);
        server.push(name, LAYER);
        c.before().forEach(push -> assertThat(putByV2(name, push)).isEqualTo(PushCases.CREATED));
        return name;
    }

    private static String putByJson(String repository, PushCases.Push push) {
        try {
            var digest = push.reference().startsWith("sha256:") ? push.reference() : null;
            var answer = server.ecr()
                    .putImage(r -> r.repositoryName(repository)
                            .imageManifest(push.manifest())
                            .imageManifestMediaType(push.type())
                            .imageDigest(digest)
                            .imageTag(digest == null ? push.reference() : null));
            assertThat(answer.image().imageManifest()).isEqualTo(push.manifest());
            return PushCases.STORED;
        } catch (EcrException e) {
            assertThat(e.statusCode()).isEqualTo(400);
            return e.awsErrorDetails().errorCode() + ": " + e.awsErrorDetails().errorMessage();
        }
    }

    private static String putByV2(String repository, PushCases.Push push) {
        var path = "/v2/" + repository + "/manifests/" + push.reference();
        var body = push.manifest().getBytes(UTF_8);
        var answer = push.type() == null
                ? server.send("PUT", path, body)
                : server.send("PUT", path, body, "Content-Type", push.type());
        var code = answer.body()
                .replaceAll("(?s).*\"code\":\"([A-Z_]+)\".*", " $1")
                .strip();
        return (answer.statusCode() + " " + code).strip();
    }

    /// All that a repository holds, without its name and the times.
    private static List<String> stored(String repository) {
        return server
                .ecr()
                .describeImagesPaginator(DescribeImagesRequest.builder()
                        .repositoryName(repository)
                        .build())
                .imageDetails()
                .stream()
                .map(image -> described(repository, image))
                .toList();
    }

    private static String described(String repository, ImageDetail image) {
        var id = ImageIdentifier.builder().imageDigest(image.imageDigest()).build();
        var bytes = server.ecr()
                .batchGetImage(r -> r.repositoryName(repository).imageIds(List.of(id)))
                .images()
                .getFirst()
                .imageManifest();
        var timeless = image.toBuilder().imagePushedAt(null).lastRecordedPullTime(null); // the second comes later
        return timeless.repositoryName("").build() + " " + digest(bytes);
    }
}
