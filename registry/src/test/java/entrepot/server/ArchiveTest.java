package entrepot.server;

import static entrepot.server.Manifests.LAYER;
import static entrepot.server.Manifests.OCI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.check.Check;
import entrepot.folder.DataFolder;
import entrepot.move.Move;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageStatus;
import software.amazon.awssdk.services.ecr.model.TargetStorageClass;

/// A whole server with an archive.
class ArchiveTest {

    private static final String BLOB = "/v2/app/blobs/" + Manifests.digest(LAYER);

    private static final ImageIdentifier V1 =
            ImageIdentifier.builder().imageTag("v1").build();

    @TempDir
    Path folder;

    private Map<String, String> settings;

    @BeforeEach
    void make_the_archive() throws IOException {
        settings = Map.of(
                "data",
                folder.resolve("data").toString(),
                "archive.disk",
                Files.createDirectory(folder.resolve("cold")).toString());
    }

    private RunningServer start() throws IOException {
        return RunningServer.start(Path.of(settings.get("data")), settings);
    }

    private static void push(RunningServer server) {
        server.ecr().createRepository(r -> r.repositoryName("app"));
        server.push("app", Manifests.CONFIG);
        server.push("app", LAYER);
        FullRegistry.put(server, "app", "v1", OCI, Manifests.image(OCI));
    }

    private static ImageStatus move(RunningServer server, TargetStorageClass target) {
        return server.ecr()
                .updateImageStorageClass(
                        r -> r.repositoryName("app").imageId(V1).targetStorageClass(target))
                .imageStatus();
    }

    private static ImageDetail detail(RunningServer server) {
        return server.ecr()
                .describeImages(r -> r.repositoryName("app").imageIds(V1))
                .imageDetails()
                .getFirst();
    }

    private long cold() {
        try (var files = Files.walk(folder.resolve("cold/blobs"))) {
            return files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        var until = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(until);
            Thread.sleep(20);
        }
    }

    @Test
    void on_v2_an_archived_image_is_not_there_until_it_is_back() throws Exception {
        try (var server = start()) {
            push(server);
            assertThat(move(server, TargetStorageClass.ARCHIVE)).isEqualTo(ImageStatus.ARCHIVED);

            for (var path : List.of(
                    "/v2/app/manifests/v1", "/v2/app/manifests/" + Manifests.digest(Manifests.image(OCI)), BLOB)) {
                var get = server.get(path);
                var head = server.send("HEAD", path, new byte[0]);
                assertThat(get.statusCode()).as(path).isEqualTo(404);
                assertThat(head.statusCode()).as(path).isEqualTo(404);
                assertThat(head.headers().firstValue("Content-Length"))
                        .isEqualTo(get.headers().firstValue("Content-Length"));
            }
            assertThat(server.get("/v2/app/manifests/v1").body()).contains("MANIFEST_UNKNOWN", "ARCHIVED");
            assertThat(server.get(BLOB).body()).contains("BLOB_UNKNOWN", "not accessible");
            assertThat(server.get("/v2/app/tags/list").body()).contains("\"tags\":[]");

            FullRegistry.put(server, "app", "v1", OCI, Manifests.image(OCI));
            assertThat(server.get("/v2/app/manifests/v1").body()).isEqualTo(Manifests.image(OCI));
            assertThat(server.get(BLOB).body()).isEqualTo("one layer");
            assertThat(server.get("/v2/app/tags/list").body()).contains("\"tags\":[\"v1\"]");
        }
    }

    @Test
    void bytes_go_there_and_come_back_after_a_restart() throws Exception {
        try (var server = start()) {
            push(server);
            move(server, TargetStorageClass.ARCHIVE);
            await(() -> cold() == 2);
        }
        try (var server = start()) {
            assertThat(move(server, TargetStorageClass.STANDARD)).isEqualTo(ImageStatus.ACTIVATING);
            await(() -> detail(server).imageStatus() == ImageStatus.ACTIVE);

            assertThat(detail(server).lastActivatedAt())
                    .isAfterOrEqualTo(detail(server).lastArchivedAt());
            assertThat(server.get(BLOB).body()).isEqualTo("one layer");
        }
    }

    @Test
    void check_backup_and_move_know_both_places() throws Exception {
        try (var server = start()) {
            push(server);
            move(server, TargetStorageClass.ARCHIVE);
            await(() -> cold() == 2);
        }
        assertThat(problems(settings)).isZero();
        assertThat(problems(Map.of("data", settings.get("data")))).isPositive();

        var backups = Backups.in(Files.createDirectory(folder.resolve("backups")));
        assertThat(backups.add(settings, new Told()).all().blobs()).isEqualTo(2);
        var back = Map.of("data", folder.resolve("back").toString());
        backups.restore(back);
        assertThat(problems(back)).isZero();

        var moved = Map.of("data", folder.resolve("moved").toString());
        moveTo(moved);
        assertThat(problems(moved)).isZero();
        for (var place : List.of(back, moved)) {
            try (var server = RunningServer.start(Path.of(place.get("data")), place)) {
                assertThat(detail(server).imageStatus()).isEqualTo(ImageStatus.ARCHIVED);
                assertThat(move(server, TargetStorageClass.STANDARD)).isEqualTo(ImageStatus.ACTIVE);
                assertThat(server.get(BLOB).body()).isEqualTo("one layer");
            }
        }
    }

    private void moveTo(Map<String, String> target) throws Exception {
        var from = Backups.storage(settings);
        var to = Backups.storage(target);
        try (var into = DataFolder.own(to.data(), Instant.EPOCH);
                var stores = Stores.read(from);
                var rows = Stores.moveFrom(from);
                var blobs = Stores.ownBlobs(to, into);
                var taking = Stores.moveInto(to, into)) {
            var source = new Move.Source(stores.metadata(), stores.blobs(), stores.vault(), rows, false);
            new Move(source, new Move.Target(blobs, taking, Move.Beside.NOTHING), new Told()).run();
        }
        Files.copy(from.data().resolve("credentials"), to.data().resolve("credentials"));
    }

    private static long problems(Map<String, String> settings) throws IOException {
        try (var stores = Stores.read(Backups.storage(settings))) {
            return new Check(stores.metadata(), stores.vault(), _ -> {}).run().problems();
        }
    }

    @Test
    void a_folder_is_of_one_registry() throws Exception {
        start().close();
        var other = new HashMap<>(settings);
        other.put("data", folder.resolve("other").toString());

        assertThatThrownBy(() -> RunningServer.start(Path.of(other.get("data")), other))
                .isInstanceOf(IOException.class)
                .hasMessage("archive.disk: %s is the archive of another registry".formatted(folder.resolve("cold")));
        start().close();
    }

    @Test
    void an_empty_folder_where_archived_bytes_are_to_lie_is_refused() throws Exception {
        try (var server = start()) {
            push(server);
            move(server, TargetStorageClass.ARCHIVE);
            await(() -> cold() == 2);
        }
        var away = Files.move(folder.resolve("cold"), folder.resolve("away"));
        Files.createDirectory(folder.resolve("cold"));
        var missing = "archive.disk: %s has none of the bytes that were moved there: is its disk there?"
                .formatted(folder.resolve("cold"));

        assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessage(missing);
        assertThatThrownBy(() -> problems(settings))
                .isInstanceOf(IOException.class)
                .hasMessage(missing);
        assertThat(folder.resolve("cold")).isEmptyDirectory();

        Files.delete(folder.resolve("cold"));
        Files.move(away, folder.resolve("cold"));
        Files.delete(folder.resolve("cold/registry"));
        start().close();
        assertThat(folder.resolve("cold/registry")).exists();
    }

    @Test
    void a_folder_that_is_not_there_is_not_made() throws IOException {
        Files.delete(folder.resolve("cold"));

        assertThatThrownBy(this::start)
                .isInstanceOf(IOException.class)
                .hasMessage("archive.disk: %s is not a folder that is there".formatted(folder.resolve("cold")));
    }
}
