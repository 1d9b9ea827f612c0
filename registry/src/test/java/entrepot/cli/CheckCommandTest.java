package entrepot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.config.BlobKind;
import entrepot.config.Config;
import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Encryption;
import entrepot.domain.ManifestBytes;
import entrepot.domain.Progress;
import entrepot.folder.DataFolder;
import entrepot.server.RunningServer;
import entrepot.server.Stores;
import entrepot.store.BlobStore;
import entrepot.store.TestStores;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// `entrepot check` beside a server, and without one, in both shapes.
class CheckCommandTest {

    private static final byte[] CONFIG = "{}".getBytes(UTF_8);
    private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();

    private Map<String, String> settings(String shape) {
        var settings = new HashMap<String, String>();
        if (shape.equals("shared")) {
            settings.putAll(TestStores.database(directory));
            settings.putAll(TestStores.bucket(directory));
        }
        return settings;
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "shared"})
    void damage_is_found_marked_and_mended_by_a_push(String shape) throws Exception {
        var settings = settings(shape);
        var file = configuration(settings);
        try (var server = RunningServer.start(directory.resolve("data"), settings)) {
            server.ecr().createRepository(r -> r.repositoryName("app"));
            var layers = IntStream.range(0, 4).mapToObj(i -> layer(server, i)).toList();
            var manifest = manifest(server.push("app", CONFIG), layers);
            assertThat(put(server, manifest)).isEqualTo(201);
            flip(file, layers.get(0));
            cut(file, layers.get(1));
            remove(file, layers.get(2));

            assertThat(check("--config", file.toString(), "--rate=0")).isEqualTo(1);

            assertThat(lines())
                    .hasSize(7)
                    .anySatisfy(line -> assertThat(line).startsWith("blob " + layers.get(0) + ": has bytes of sha256:"))
                    .anySatisfy(
                            line -> assertThat(line).startsWith("blob " + layers.get(1) + ": has 3 bytes instead of"))
                    .anySatisfy(line -> assertThat(line).startsWith("blob " + layers.get(2) + ": its bytes are gone"))
                    .last()
                    .asString()
                    .isEqualTo("checked 1 repositories, 1 manifests, 5 blobs (30 bytes): 6 problem(s)");
            assertThat(layers.stream().map(layer -> status(server, "HEAD", layer)))
                    .containsExactly(404, 404, 404, 200);
            assertThat(layers.stream().map(layer -> status(server, "GET", layer)))
                    .containsExactly(500, 500, 500, 200);
            assertThat(server.get("/v2/app/manifests/v1").statusCode()).isEqualTo(200);
            assertThat(put(server, manifest)).isEqualTo(404);

            IntStream.range(0, 3).forEach(i -> layer(server, i));

            assertThat(put(server, manifest)).isEqualTo(201);
            assertThat(check("--config", file.toString())).isZero();
            assertThat(lines()).containsExactly("checked 1 repositories, 1 manifests, 5 blobs (30 bytes): no problems");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "shared"})
    void a_pull_that_meets_damage_marks_it_at_once(String shape) throws Exception {
        var settings = settings(shape);
        var file = configuration(settings);
        try (var server = RunningServer.start(directory.resolve("data"), settings)) {
            server.ecr().createRepository(r -> r.repositoryName("app"));
            var cut = layer(server, 0);
            var gone = layer(server, 1);
            cut(file, cut);
            remove(file, gone);
            assertThat(status(server, "HEAD", gone)).isEqualTo(200);

            assertThat(status(server, "GET", cut)).isEqualTo(500);
            assertThat(status(server, "GET", gone)).isEqualTo(500);

            assertThat(status(server, "HEAD", cut)).isEqualTo(404);
            assertThat(status(server, "HEAD", gone)).isEqualTo(404);
            assertThat(layer(server, 1)).isEqualTo(gone);
            assertThat(server.get("/v2/app/blobs/" + gone).body()).isEqualTo("layer 1");
        }
    }

    @Test
    void without_a_server_it_takes_the_folder_and_marks_all_the_same() throws Exception {
        var file = configuration(Map.of());
        String layer;
        try (var server = RunningServer.start(directory.resolve("data"), Map.of())) {
            server.ecr().createRepository(r -> r.repositoryName("app"));
            layer = layer(server, 0);
        }
        remove(file, layer);

        assertThat(check("--config", file.toString(), "--read-only")).isEqualTo(1);
        assertThat(isMarked(file, layer)).isFalse();
        try (var _ = DataFolder.own(directory.resolve("data"), Instant.now())) {
            assertThat(check("--config", file.toString())).isEqualTo(1);
        }
        assertThat(lines()).first().asString().startsWith("note: nothing is marked: ");
        assertThat(isMarked(file, layer)).isFalse();

        assertThat(check("--config", file.toString())).isEqualTo(1);
        assertThat(isMarked(file, layer)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"folder", "shared"})
    void what_no_row_names_is_noted_and_removed_when_it_is_old(String shape) throws Exception {
        var settings = settings(shape);
        settings.put("gc.enabled", "false");
        settings.put("gc.grace", "5s");
        settings.put("upload-expiry", "5s");
        var file = configuration(settings);
        var orphan = new BlobKey("01950000-0000-7000-8000-0000000000ab");
        try (var server = RunningServer.start(directory.resolve("data"), settings)) {
            server.ecr().createRepository(r -> r.repositoryName("app"));
            var layer = layer(server, 0);
            write(file, orphan, CONFIG);

            assertThat(check("--config", file.toString())).isZero();
            assertThat(lines()).hasSize(2).first().asString().startsWith("note: blob " + orphan + ": no row names it");
            while (size(file, orphan) > 0) {
                assertThat(check("--config", file.toString(), "--remove-orphans"))
                        .isZero();
                Thread.sleep(100);
            }

            assertThat(check("--config", file.toString())).isZero();
            assertThat(lines()).hasSize(1);
            assertThat(status(server, "GET", layer)).isEqualTo(200);
        }
    }

    @Test
    void what_is_asked_for_wrong_is_refused() {
        assertThat(check("--data=nowhere", "--read-only", "--remove-orphans")).isEqualTo(2);
        assertThat(check("--data=nowhere", "--rate=-1")).isEqualTo(2);
        assertThat(check("--data=nowhere", "--rate=many")).isEqualTo(2);
    }

    private int check(String... arguments) {
        out.getBuffer().setLength(0);
        return new CommandLine(new CheckCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments);
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private Path configuration(Map<String, String> settings) throws IOException {
        var all = new HashMap<>(settings);
        all.put("data", directory.resolve("data").toString());
        return Files.write(
                directory.resolve("entrepot.yaml"),
                all.entrySet().stream()
                        .map(each -> "%s: \"%s\"".formatted(each.getKey(), each.getValue()))
                        .toList());
    }

    private static Stores stores(Path file) throws IOException {
        return Stores.read(Config.load(Map.of(), Map.of(), file).storage());
    }

    private static BlobKey key(Path file, String digest) throws IOException {
        try (var stores = stores(file)) {
            return stores.metadata()
                    .read(tx -> tx.layers().blob(Digest.parse(digest), Encryption.AES256))
                    .orElseThrow()
                    .key();
        }
    }

    private static boolean isMarked(Path file, String digest) throws IOException {
        try (var stores = stores(file)) {
            return stores.metadata()
                    .read(tx -> tx.layers().blob(Digest.parse(digest), Encryption.AES256))
                    .filter(blob -> blob.damage() != null)
                    .isPresent();
        }
    }

    private static long size(Path file, BlobKey key) throws IOException {
        try (var stores = stores(file)) {
            return stores.blobs().size(key).orElse(0);
        }
    }

    private void flip(Path file, String digest) throws IOException {
        write(file, key(file, digest), "layer x".getBytes(UTF_8));
    }

    private void cut(Path file, String digest) throws IOException {
        write(file, key(file, digest), "lay".getBytes(UTF_8));
    }

    /// Of another process, as it were.
    private static BlobStore blobs(Path file, DataFolder beside) throws IOException {
        var storage = Config.load(Map.of(), Map.of(), file).storage();
        return storage.blobs() instanceof BlobKind.Disk
                ? TestStores.blobsIn(storage.data())
                : Stores.ownBlobs(storage, beside);
    }

    private void write(Path file, BlobKey key, byte[] bytes) throws IOException {
        try (var beside = DataFolder.own(directory.resolve("beside"), Instant.now());
                var blobs = blobs(file, beside)) {
            if (blobs.size(key).isEmpty()) {
                blobs.create(key);
            }
            blobs.seal(key, blobs.append(key, Progress.NONE, new Content.Bytes(bytes)));
        }
    }

    private void remove(Path file, String digest) throws IOException {
        var key = key(file, digest);
        try (var beside = DataFolder.own(directory.resolve("beside"), Instant.now());
                var blobs = blobs(file, beside)) {
            blobs.delete(key);
        }
    }

    private static String layer(RunningServer server, int i) {
        return server.push("app", ("layer " + i).getBytes(UTF_8));
    }

    private static int status(RunningServer server, String method, String digest) {
        return server.send(method, "/v2/app/blobs/" + digest, new byte[0]).statusCode();
    }

    private static int put(RunningServer server, String manifest) {
        return server.send("PUT", "/v2/app/manifests/v1", manifest.getBytes(UTF_8), "Content-Type", TYPE)
                .statusCode();
    }

    private static String manifest(String config, List<String> layers) {
        var descriptor = "{\"mediaType\": \"application/vnd.oci.image.layer.v1.tar\", \"digest\": \"%s\", \"size\": 7}";
        return ManifestBytes.ofText("""
                {"schemaVersion": 2, "mediaType": "%s", "layers": [%s], "config":
                    {"mediaType": "application/vnd.oci.image.config.v1+json", "size": 2, "digest": "%s"}}""".formatted(
                        TYPE,
                        String.join(
                                ", ", layers.stream().map(descriptor::formatted).toList()),
                        config))
                .text();
    }
}
