package entrepot.server;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.config.Reach;
import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.operation.Images;
import entrepot.scan.database.DatabaseArchives;
import entrepot.scan.database.TrivyStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.DescribeImageScanFindingsResponse;

/// Whole servers whose scanner has its database from a registry.
@Timeout(120)
class ScannerDatabasesTest {

    private static final String NAME = "tools/trivy-db";

    private static final String FOR_ALL = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]}]}""";

    @TempDir
    Path folder;

    private Map<String, String> scanning(String host) throws IOException {
        var rules = TrivyStandIn.in(Files.createDirectories(folder.resolve("trivy")));
        return Map.of(
                "scanner.type",
                "trivy",
                "scanner.command",
                rules.command().toString(),
                "scanner.database",
                "oci://" + host + "/" + NAME + ":2",
                "public-hosts",
                "registry.example");
    }

    private static void push(RunningServer server, String repository, String tag, byte[] layer, String type) {
        server.push(repository, Images.CONFIG);
        var digest = Digest.parse(server.push(repository, layer));
        var manifest = Images.image(tag, digest, layer.length).text();
        var typed = manifest.replace("application/vnd.oci.image.layer.v1.tar+gzip", type);
        var answer = server.send(
                "PUT",
                "/v2/%s/manifests/%s".formatted(repository, tag),
                ManifestBytes.ofText(typed).toByteArray(),
                "Content-Type",
                Images.OCI);
        assertThat(answer.statusCode()).isEqualTo(201);
    }

    private static void pushDatabase(RunningServer server, String vulnerability) {
        var archive = DatabaseArchives.database(TrivyStandIn.knowing(vulnerability));
        push(server, NAME, "2", archive, "application/vnd.aquasec.trivy.db.layer.v1.tar+gzip");
    }

    /// Asks for scans until one was made by a database.
    private static String scanned(RunningServer server) {
        DescribeImageScanFindingsResponse found;
        do {
            server.ecr().startImageScan(r -> r.repositoryName("app").imageId(i -> i.imageTag("v1")));
            do {
                LockSupport.parkNanos(100_000_000);
                found = server.ecr()
                        .describeImageScanFindings(r -> r.repositoryName("app").imageId(i -> i.imageTag("v1")));
            } while (found.imageScanStatus().statusAsString().equals("IN_PROGRESS"));
        } while (found.imageScanStatus().statusAsString().equals("FAILED"));
        return found.imageScanFindings().findings().getFirst().name();
    }

    private static void pushImage(RunningServer server) {
        server.ecr().createRepository(r -> r.repositoryName("app"));
        push(server, "app", "v1", Images.LAYER, "application/vnd.oci.image.layer.v1.tar+gzip");
    }

    @Test
    void it_may_lie_in_the_server_itself_under_any_name_of_it() throws IOException {
        try (var server = RunningServer.start(folder.resolve("data"), scanning("registry.example"))) {
            server.ecr().createRepository(r -> r.repositoryName(NAME));
            pushImage(server);
            pushDatabase(server, "CVE-1");

            assertThat(scanned(server)).isEqualTo("CVE-1");
        }
    }

    @Test
    void a_public_name_with_another_port_is_another_server() {
        var reach = new Reach(null, Set.of("registry.example", "other.example:8443"), Set.of());

        assertThat(Stream.of(
                                "registry.example",
                                "registry.example:5000",
                                "registry.example:5001",
                                "other.example",
                                "other.example:8443",
                                "localhost:5000",
                                "localhost:5001")
                        .filter(host -> ScannerDatabases.isOwn(reach, host, 5000)))
                .containsExactly("registry.example", "registry.example:5000", "other.example:8443", "localhost:5000");
    }

    @Test
    void it_may_lie_in_another_registry() throws IOException {
        try (var other = RunningServer.start(folder.resolve("other"), Map.of("anonymous-pull", "true"))) {
            other.ecr().createRepository(r -> r.repositoryName(NAME));
            other.ecr().setRepositoryPolicy(r -> r.repositoryName(NAME).policyText(FOR_ALL));
            pushDatabase(other, "CVE-2");
            var host = other.url("/").getAuthority();
            try (var server = RunningServer.start(folder.resolve("data"), scanning(host))) {
                pushImage(server);

                assertThat(scanned(server)).isEqualTo("CVE-2");
            }
        }
    }
}
