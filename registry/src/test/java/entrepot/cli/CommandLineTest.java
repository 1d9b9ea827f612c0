package entrepot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import entrepot.domain.Arn;
import entrepot.domain.Digest;
import entrepot.domain.Encryption;
import entrepot.domain.EncryptionKey;
import entrepot.domain.KeyAlias;
import entrepot.domain.ManifestBytes;
import entrepot.domain.MediaType;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.domain.TagMutability;
import entrepot.domain.WrappedKeys;
import entrepot.folder.CredentialsFile;
import entrepot.store.Cover;
import entrepot.store.LifecyclePolicies.StoredPolicy;
import entrepot.store.NewImage;
import entrepot.store.NewRepository;
import entrepot.store.TestStores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program as a user meets it: a process, its output and its exit code.
class CommandLineTest {

    private static final Pattern LISTENING = Pattern.compile("(?m)^listening on (http://127\\.0\\.0\\.1:[0-9]+)$");
    private static final int SIGTERM = 128 + 15;

    private record Ended(int code, String out, String err) {}

    @TempDir
    Path directory;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end_what_was_started() throws InterruptedException {
        for (var process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void help_and_version_are_answers() throws Exception {
        var help = ended("--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("serve", "check");
        assertThat(ended("--version").out()).startsWith("entrepot ");
    }

    @Test
    void what_is_written_wrong_is_told_in_one_line() throws Exception {
        refused(2, "entrepot: which command? ('entrepot --help' helps)");
        refused(2, "entrepot: Unknown option: '--prot=1' ('entrepot serve --help' helps)", "serve", "--prot=1");
        refused(
                2,
                "entrepot: --port: x is not allowed; it must be a whole number from 0 to 65535",
                "serve",
                "--port=x");
        refused(
                1,
                "entrepot: nowhere is not the data folder of a registry, or cannot be read",
                "check",
                "--data=nowhere");
    }

    @Test
    void serve_tells_what_to_paste_then_that_it_listens_and_ends_when_told() throws Exception {
        var server = start("serve", "--data", "data", "--port", "0");
        var url = listening();

        assertThat(status(url)).isBetween(200, 499);
        var credentials = directory.resolve("data/credentials").toRealPath();
        assertThat(out())
                .contains("export AWS_SHARED_CREDENTIALS_FILE=" + credentials)
                .contains("export AWS_ENDPOINT_URL=" + url.replace("127.0.0.1", "localhost"))
                .contains(
                        "docker login --username AWS --password-stdin " + url.replace("http://127.0.0.1", "localhost"))
                .doesNotContain(secret(credentials))
                .endsWith("listening on " + url + "\n")
                .containsOnlyOnce("listening on ");

        server.destroy();

        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(SIGTERM);
    }

    @Test
    void a_second_server_is_told_who_has_the_folder() throws Exception {
        var server = start("serve", "--data", "data", "--port", "0");
        var url = listening();

        var second = ended("serve", "--data", "data", "--port", "0");

        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err())
                .startsWith("entrepot: data is in use by pid %d on %s since ".formatted(server.pid(), url));
        assertThat(second.out()).isEmpty();
    }

    @Test
    void a_port_that_is_taken_is_told_and_the_folder_is_free_again() throws Exception {
        start("serve", "--data", "data", "--port", "0");
        var port = String.valueOf(URI.create(listening()).getPort());

        var second = ended("serve", "--data", "other", "--port", port);

        assertThat(second.code()).isEqualTo(1);
        assertThat(second.err()).startsWith("entrepot: ").containsIgnoringCase("address already in use");
        assertThat(second.err().lines()).hasSize(1);
    }

    @Test
    void check_tells_that_all_is_well() throws Exception {
        Files.createDirectories(directory.resolve("data/blobs"));
        TestStores.metadataIn(directory.resolve("data")).close();

        assertThat(ended("check", "--data", "data"))
                .isEqualTo(new Ended(0, "checked 0 repositories, 0 manifests, 0 blobs (0 bytes): no problems\n", ""));
    }

    @Test
    void check_takes_a_configuration_whatever_keeps_the_registry() throws Exception {
        var settings = new HashMap<>(TestStores.database(directory));
        settings.put("data", "data");
        Files.write(
                directory.resolve("entrepot.yaml"),
                settings.entrySet().stream()
                        .map(each -> "%s: \"%s\"".formatted(each.getKey(), each.getValue()))
                        .toList());
        refused(
                1,
                "entrepot: data is not the data folder of a registry, or cannot be read",
                "check",
                "--config=entrepot.yaml");

        Files.createDirectories(directory.resolve("data/blobs"));
        assertThat(ended("check", "--config", "entrepot.yaml"))
                .isEqualTo(new Ended(0, "checked 0 repositories, 0 manifests, 0 blobs (0 bytes): no problems\n", ""));
    }

    @Test
    void key_list_tells_of_each_key_and_what_is_under_it() throws Exception {
        Files.createDirectories(directory.resolve("data/blobs"));
        try (var metadata = TestStores.metadataIn(directory.resolve("data"))) {
            metadata.transact(tx -> {
                var home = new RegistryId(new AccountId("123456789012"), "eu-west-1");
                tx.accounts().create(home.account(), Instant.EPOCH);
                var key = EncryptionKey.create("k1", home, EncryptionKey.Manager.CUSTOMER, "", Instant.EPOCH);
                tx.encryptionKeys().create(key, "{}", EncryptionKey.newMaterial());
                tx.keyAliases().create(new KeyAlias(home, "alias/b", "k1", Instant.EPOCH, Instant.EPOCH));
                tx.keyAliases().create(new KeyAlias(home, "alias/a", "k1", Instant.EPOCH, Instant.EPOCH));
                tx.repositories().create(encrypted(home, "app", key.arn()), Instant.EPOCH);
                var other = new Arn("arn:aws:kms:eu-west-1:123456789012:key/other");
                tx.repositories().create(encrypted(home, "team/a", other), Instant.EPOCH);
                return tx.repositories().create(encrypted(home, "team/b", other), Instant.EPOCH);
            });
        }

        assertThat(ended("key", "list", "--data", "data")).isEqualTo(new Ended(0, """
                k1\talias/a,alias/b\tEnabled\t123456789012/eu-west-1/app\t0
                other\t-\t-\t123456789012/eu-west-1/team/a,123456789012/eu-west-1/team/b\t0
                """, ""));
        refused(2, "entrepot: list? ('entrepot key --help' helps)", "key");
    }

    private static NewRepository encrypted(RegistryId registry, String name, Arn key) {
        var repository = new RepositoryName(name);
        var keys = List.of(WrappedKeys.Key.of(new byte[1]));
        var wrapped = new WrappedKeys(new Encryption.ByKey(1, key), registry.repository(repository), keys);
        return new NewRepository(registry, repository, TagMutability.MUTABLE, false, wrapped);
    }

    @Test
    void gc_wants_to_know_what_to_do() throws Exception {
        assertThat(ended("gc", "--data", "data").code()).isEqualTo(2);
        assertThat(ended("gc", "--status", "--now", "--data", "data").code()).isEqualTo(2);
        refused(
                2,
                "entrepot: --grace goes with --now or --dry-run ('entrepot gc --help' helps)",
                "gc",
                "--status",
                "--grace=0s");
        refused(
                2,
                "entrepot: --grace must be a duration such as 12h, 30m or PT12H ('entrepot gc --help' helps)",
                "gc",
                "--now",
                "--grace=soon");
        assertThat(ended("gc", "--status", "--data", "nothing").code()).isEqualTo(1);
        assertThat(ended("gc", "--now", "--data", "nothing").code()).isEqualTo(1);
    }

    @Test
    void jobs_tells_how_the_jobs_of_the_running_server_fare() throws Exception {
        refused(1, "entrepot: no registry runs on data", "jobs", "--data", "data");
        start("serve", "--data", "data", "--port", "0");
        listening();

        var jobs = ended("jobs", "--data", "data");

        assertThat(jobs.code()).as(jobs.err()).isZero();
        assertThat(jobs.out().lines())
                .hasSize(31)
                .anySatisfy(
                        line -> assertThat(line).startsWith("discarded-blobs (on one node, 10 s from run to run): "));
        assertThat(ended("gc", "--now", "--format", "json", "--data", "data")
                        .out()
                        .replaceAll("true|false", "BOOL"))
                .isEqualTo("{\"waiting\":{\"layers\":0,\"bytes\":0,\"since\":null},\"kept\":{\"bytes\":0},"
                        + "\"freed\":{\"layers\":0,\"bytes\":0},\"failed\":[],\"running\":BOOL}\n");
    }

    @Test
    void a_command_that_runs_by_itself_tells_the_audit_what_it_did() throws Exception {
        Files.writeString(directory.resolve("entrepot.yaml"), "{data: data, audit: audit.log}");
        Files.createDirectory(
                directory.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        TestStores.metadataIn(directory.resolve("data")).close();

        assertThat(ended("account", "list", "--config", "entrepot.yaml")).isEqualTo(new Ended(0, "", ""));
        assertThat(directory.resolve("audit.log")).doesNotExist();

        var created = ended("account", "create", "111122223333", "--config", "entrepot.yaml");
        assertThat(created.err()).isEmpty();
        assertThat(Files.readAllLines(directory.resolve("audit.log")))
                .hasSize(2)
                .allMatch(line -> line.contains("\"invokedBy\":\"entrepot account create\""))
                .anyMatch(line -> line.contains("\"eventName\":\"CreateAccessKey\""));
    }

    @Test
    void lifecycle_run_tells_what_it_would_do_and_does_it() throws Exception {
        Files.createDirectories(directory.resolve("data/blobs"));
        try (var metadata = TestStores.metadataIn(directory.resolve("data"))) {
            metadata.transact(tx -> {
                var home = new RegistryId(new AccountId("000000000000"), "us-east-1");
                var app = tx.repositories()
                        .create(home, new RepositoryName("app"), TagMutability.MUTABLE, false, Instant.EPOCH);
                tx.repositories().create(home, new RepositoryName("bare"), TagMutability.MUTABLE, false, Instant.EPOCH);
                var image = ManifestBytes.ofText("{}");
                tx.images()
                        .tag(app, new Tag("v1"), tx.images().add(app, pushed(image), image, Cover.NONE), Instant.EPOCH);
                tx.lifecyclePolicies().put(app, new StoredPolicy("1", POLICY, null), Instant.EPOCH);
                return app;
            });
        }
        var digest = "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

        assertThat(ended("lifecycle", "run", "app", "--dry-run", "--data", "data"))
                .isEqualTo(new Ended(0, digest + "\tv1\texpire\trule 1\n", ""));
        assertThat(ended("lifecycle", "run", "--dry-run", "--data", "data"))
                .isEqualTo(new Ended(0, "app\t" + digest + "\tv1\texpire\trule 1\n", ""));
        assertThat(ended("lifecycle", "run", "app", "--data", "data"))
                .isEqualTo(new Ended(0, "ran 1 lifecycle policies, expired or archived 1 images\n", ""));
        assertThat(ended("lifecycle", "run", "app", "--dry-run", "--data", "data"))
                .isEqualTo(new Ended(0, "", ""));
        refused(1, "entrepot: repository bare has no lifecycle policy", "lifecycle", "run", "bare", "--data", "data");
        refused(
                1,
                "entrepot: there is no repository app in account 000000000000, region eu-west-1",
                "lifecycle",
                "run",
                "app",
                "--region",
                "eu-west-1",
                "--data",
                "data");
        refused(2, "entrepot: run? ('entrepot lifecycle --help' helps)", "lifecycle");
    }

    private static final String POLICY = """
            {"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"sinceImagePushed","countUnit":"days",
            "countNumber":14},"action":{"type":"expire"}}]}""";

    private static NewImage pushed(ManifestBytes image) {
        return new NewImage(
                image.digest(Digest.Algorithm.SHA256),
                MediaType.OCI_MANIFEST,
                null,
                null,
                null,
                7,
                Map.of(),
                List.of(),
                Instant.EPOCH,
                0);
    }

    private void refused(int code, String line, String... arguments) throws Exception {
        assertThat(ended(arguments)).isEqualTo(new Ended(code, "", line + "\n"));
    }

    private Ended ended(String... arguments) throws IOException, InterruptedException {
        var out = directory.resolve("ended.out");
        var err = directory.resolve("ended.err");
        var process = process(out, err, arguments);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Process start(String... arguments) throws IOException {
        return process(directory.resolve("out"), directory.resolve("err"), arguments);
    }

    private Process process(Path out, Path err, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dio.netty.jfr.enabled=false",
                "-cp",
                System.getProperty("java.class.path"),
                "entrepot.Main"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("ENTREPOT_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(Map.of("LC_ALL", "C", "ENTREPOT_DRAIN", "0"));
        var process = builder.start();
        processes.add(process);
        return process;
    }

    private String listening() throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            var found = LISTENING.matcher(out());
            if (found.find()) {
                return found.group(1);
            }
            Thread.sleep(100);
        }
        throw new AssertionError("it does not listen: " + Files.readString(directory.resolve("err")));
    }

    private String out() throws IOException {
        return Files.readString(directory.resolve("out"));
    }

    private static int status(String url) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url + "/v2/")).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static String secret(Path credentials) throws IOException {
        return new CredentialsFile(credentials).read().orElseThrow().secret();
    }
}
