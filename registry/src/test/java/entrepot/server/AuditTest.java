package entrepot.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.admin.AdminClient;
import entrepot.folder.CredentialsFile;
import entrepot.folder.DataFolder;
import entrepot.operation.identity.IamCalls;
import entrepot.provision.AccountCommands;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.model.EcrException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A whole server that writes an audit, told by what is in it.
class AuditTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("audit.log");
    }

    private interface Calls {
        void on(RunningServer server) throws Exception;
    }

    /// Of what callers did.
    private List<JsonNode> audited(Calls calls) throws Exception {
        return lines(calls).stream()
                .filter(line -> line.path("eventType").asString().equals("AwsApiCall"))
                .toList();
    }

    private List<JsonNode> lines(Calls calls) throws Exception {
        try (var server = RunningServer.start(folder.resolve("data"), Map.of("audit", file().toString()))) {
            calls.on(server);
        }
        return Files.readString(file()).lines().map(JSON::readTree).toList();
    }

    private static String told(JsonNode line) {
        return line.path("eventName").asString() + " " + line.path("errorCode").asString("allowed");
    }

    @Test
    void each_decision_is_a_line_on_both_doors_allowed_or_denied() throws Exception {
        var lines = audited(server -> {
            server.ecr().createRepository(request -> request.repositoryName("app"));
            server.get("/v2/app/tags/list");
            server.get("/v2/app/manifests/absent");
            assertThatThrownBy(() -> server.ecr()
                            .listImages(request ->
                                    request.registryId("999999999999").repositoryName("app")))
                    .isInstanceOf(EcrException.class);
        });

        assertThat(lines)
                .extracting(AuditTest::told)
                .containsExactly(
                        "GetAuthorizationToken allowed",
                        "CreateRepository allowed",
                        "ListImages allowed",
                        "BatchGetImage allowed",
                        "ListImages AccessDenied");
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.path("userIdentity").path("arn").asString()).isEqualTo("arn:aws:iam::000000000000:root");
            assertThat(line.path("sourceIPAddress").asString()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
            assertThat(line.path("userAgent").asString()).isNotEmpty();
        });
        assertThat(lines.getLast().path("resources").path(0).path("ARN").asString())
                .isEqualTo("arn:aws:ecr:us-east-1:999999999999:repository/app");
        assertThat(lines).extracting(line -> line.path("requestID").asString()).doesNotHaveDuplicates();
    }

    @Test
    void a_request_id_is_the_one_that_the_client_was_told() throws Exception {
        var told = new String[1];
        var lines = audited(server -> told[0] =
                server.ecr().describeRegistry(request -> {}).responseMetadata().requestId());

        assertThat(lines.getLast().path("requestID").asString()).isEqualTo(told[0]);
    }

    @Test
    void iam_is_in_the_global_region_whatever_its_client_signs_for() throws Exception {
        var lines = audited(server -> {
            var key = server.rootKey();
            try (var iam = IamCalls.iam(server, key.id(), key.secret(), Region.EU_WEST_1)) {
                iam.listUsers();
            }
        });

        assertThat(told(lines.getLast())).isEqualTo("ListUsers allowed");
        assertThat(lines.getLast().path("awsRegion").asString()).isEqualTo("us-east-1");
    }

    @Test
    void credentials_that_fail_are_lines_without_a_secret() throws Exception {
        var secret = "a-secret-that-nobody-may-read";
        var lines = audited(server -> {
            var key = AwsBasicCredentials.create("AKIAAAAAAAAAAAAAAAAA", secret);
            try (var stranger = server.client()
                    .credentialsProvider(StaticCredentialsProvider.create(key))
                    .build()) {
                assertThatThrownBy(() -> stranger.describeRegistry(request -> {}))
                        .isInstanceOf(EcrException.class);
            }
            raw(server.url("/v2/"), "Basic " + base64("AWS:" + secret));
            raw(server.url("/v2-layers/app/sha256:00?X-Amz-Signature=" + secret), "");
        });

        assertThat(lines.subList(1, lines.size()))
                .extracting(AuditTest::told)
                .containsExactly(
                        "DescribeRegistry UnrecognizedClientException",
                        "Authenticate InvalidToken",
                        "ReadLayer InvalidSignature");
        assertThat(Files.readString(file())).doesNotContain(secret, base64("AWS:" + secret), "X-Amz-Signature");
    }

    @Test
    void no_secret_of_a_good_login_is_in_it() throws Exception {
        var login = new String[1];
        audited(server -> {
            login[0] = server.login();
            server.get("/v2/");
            server.get("/v2/_catalog");
        });

        assertThat(Files.readString(file())).doesNotContain(login[0], "Signature");
        var credentials = Files.readString(folder.resolve("data/credentials"));
        var secret = credentials
                .substring(credentials.indexOf("aws_secret_access_key") + 24)
                .strip()
                .lines()
                .findFirst();
        assertThat(secret.orElseThrow()).hasSizeGreaterThan(30);
        assertThat(Files.readString(file())).doesNotContain(secret.orElseThrow());
    }

    @Test
    void what_is_done_without_a_caller_is_told_without_one() throws Exception {
        var lines = lines(server -> {
                    AdminClient.call(
                            DataFolder.adminSocket(folder.resolve("data")),
                            AccountCommands.CREATE,
                            List.of("111122223333"));
                })
                .stream()
                .filter(line -> line.path("eventType").asString().equals("AwsServiceEvent"))
                .toList();

        assertThat(lines)
                .extracting(line -> line.path("userIdentity").path("invokedBy").asString() + ": " + told(line))
                .containsExactly(
                        "entrepot serve: CreateAccount allowed",
                        "entrepot serve: CreateAccessKey allowed",
                        "entrepot account create: CreateAccount allowed",
                        "entrepot account create: CreateAccessKey allowed");
        var credentials = new CredentialsFile(folder.resolve("data/credentials"));
        var root = credentials.read("111122223333");
        assertThat(lines.getLast().path("requestParameters").toString())
                .isEqualTo("{\"accessKeyId\":\"" + root.id() + "\"}");
        assertThat(Files.readString(file()))
                .doesNotContain(root.secret(), credentials.read().orElseThrow().secret());
    }

    @Test
    void an_audit_that_cannot_be_written_is_no_server() {
        assertThatThrownBy(() -> RunningServer.start(folder.resolve("data"), Map.of("audit", folder.toString())))
                .isInstanceOf(IOException.class);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static void raw(URI url, String authorization) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(url);
            if (!authorization.isEmpty()) {
                request.header("Authorization", authorization);
            }
            http.send(request.build(), BodyHandlers.discarding());
        }
    }
}
