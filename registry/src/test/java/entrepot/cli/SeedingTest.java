package entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.transfer.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A server that has a seed.
@Timeout(120)
class SeedingTest {

    private static final Pattern ACT = Pattern.compile("\"eventName\":\"(\\w+)\"");
    private static final String SEED = """
            registry-policy: |
              {"Version": "2012-10-17", "Statement": [{"Sid": "r", "Effect": "Allow", "Action": "ecr:ReplicateImage",
               "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Resource": "arn:aws:ecr:us-east-1:000000000000:repository/*"}]}
            users:
              - name: ci
                policies: [arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly]
            repositories:
              - name: team/app
                tag-mutability: IMMUTABLE
                scan-on-push: true
                tags: [{key: team, value: x}]
                policy: |
                  {"Version": "2012-10-17",
                   "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}]}
                lifecycle-policy: |
                  {"rules": [{"rulePriority": 1, "action": {"type": "expire"}, "selection":
                    {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 100}}]}
                images:
                  - from: oci:layout
                    tags: [v1, v2]
              - name: sealed
                encryption: KMS
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void lay_an_image() throws IOException {
        var layout = directory.resolve("layout");
        var manifest = Images.image("layer", "");
        for (var blob : List.of("{}", "layer", manifest)) {
            var file = layout.resolve(
                    "blobs/sha256/" + Images.digest(Images.bytes(blob)).hex());
            Files.createDirectories(file.getParent());
            Files.writeString(file, blob);
        }
        Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\": \"1.0.0\"}");
        Files.writeString(
                layout.resolve("index.json"),
                "{\"schemaVersion\": 2, \"manifests\": [{\"mediaType\": \"application/vnd.oci.image.manifest.v1+json\","
                        + " \"digest\": \"%s\", \"size\": %d}]}"
                                .formatted(Images.digest(Images.bytes(manifest)), manifest.length()));
        Files.writeString(directory.resolve("seed.yaml"), SEED);
    }

    private List<String> arguments() {
        var seed = directory.resolve("seed.yaml").toString();
        return List.of("--data", directory.resolve("data").toString(), "--port", "0", "--seed", seed);
    }

    /// What was done by a start, and did not only read.
    private List<String> changes(String audit) throws Exception {
        var file = directory.resolve(audit);
        try (var server = ServeProcess.with(directory, Map.of("ENTREPOT_AUDIT", file.toString()), arguments())) {
            assertThat(server.get("/v2/team/app/tags/list").body()).contains("\"v1\"", "\"v2\"");
            server.signal("TERM");
            server.ended();
        }
        var acts = new ArrayList<String>();
        var all = ACT.matcher(Files.readString(file));
        while (all.find()) {
            acts.add(all.group(1));
        }
        acts.removeIf(act -> act.matches("(Describe|Get|List).*|BatchCheckLayerAvailability"));
        return acts;
    }

    @Test
    void it_has_what_the_seed_says_and_a_second_start_changes_nothing() throws Exception {
        assertThat(changes("first"))
                .contains(
                        "PutRegistryPolicy",
                        "CreateUser",
                        "AttachUserPolicy",
                        "CreateRepository",
                        "SetRepositoryPolicy",
                        "PutLifecyclePolicy",
                        "PutImage");
        assertThat(changes("second")).isEmpty();
    }

    @Test
    void what_differs_is_made_as_it_says() throws Exception {
        changes("first");
        Files.writeString(
                directory.resolve("seed.yaml"),
                SEED.replace("tag-mutability: IMMUTABLE", "tag-mutability: MUTABLE")
                        .replace("scan-on-push: true", "scan-on-push: false")
                        .replace("value: x", "value: y")
                        .replace("\"ecr:BatchGetImage\"", "\"ecr:DescribeImages\""));
        assertThat(changes("second"))
                .contains(
                        "PutImageTagMutability", "PutImageScanningConfiguration", "TagResource", "SetRepositoryPolicy")
                .doesNotContain("PutImage", "CreateRepository", "PutLifecyclePolicy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            encryption: KMS    | encryption: ROT13        | :21: repositories.1: CreateRepository: InvalidParameterException
            oci:layout         | oci:missing              | :19: repositories.0.images.0.from:
            RegistryReadOnly   | RegistryReadNothing      | :5: users.0: there is no policy
            "Effect": "Allow", "Principal": "*" | "Effect": "Maybe", "Principal": "*" | :12: repositories.0.policy: SetRepositoryPolicy
            """)
    void what_is_refused_is_told_with_file_line_and_key(String right, String wrong, String words) throws Exception {
        Files.writeString(directory.resolve("seed.yaml"), SEED.replace(right, wrong));

        assertThat(ServeProcess.statusOf(directory, Map.of(), arguments())).isEqualTo(2);
        assertThat(Files.readString(directory.resolve("err")))
                .contains("entrepot: " + directory.resolve("seed.yaml") + words);
    }
}
