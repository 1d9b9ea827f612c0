package entrepot.server;

import static entrepot.server.Manifests.OCI;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.admin.AdminClient;
import entrepot.domain.BlobKey;
import entrepot.folder.DataFolder;
import entrepot.store.ForwardedBlobs;
import entrepot.store.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/// What a backup names is there until it ends, whatever is deleted and collected meanwhile; and no longer.
class BackupBesideCollectionTest {

    private static final int LAYERS = 8;

    @TempDir
    Path folder;

    @Test
    void what_is_deleted_while_it_runs_is_in_it_whole() throws Exception {
        heldTo(Map.of("data", folder.resolve("here").toString()));
    }

    @Test
    void the_same_of_shared_stores() throws Exception {
        var shared = new HashMap<>(TestStores.database(folder));
        shared.putAll(TestStores.bucket(folder));
        shared.put("data", folder.resolve("here").toString());
        heldTo(shared);
    }

    private void heldTo(Map<String, String> here) throws Exception {
        var backups = Backups.in(folder.resolve("backups"));
        var back = Map.of("data", folder.resolve("back").toString());
        try (var server = RunningServer.start(folder.resolve("here"), here)) {
            fill(server);
            var told = new Told();

            var made = backups.add(here, true, InstantSource.system(), told, blobs -> new ForwardedBlobs(blobs) {
                @Override
                public void create(BlobKey key) throws IOException {
                    deleteImages(server);
                    assertThat(gc("NOW")).contains("freed: 0 layers, 0 bytes");
                    super.create(key);
                }
            });

            assertThat(told.lines).isEmpty();
            assertThat(made.all().blobs()).isEqualTo(LAYERS + 1);
            gc("NOW");
            assertThat(gc("STATUS")).anyMatch(line -> line.startsWith("freed: %d layers".formatted(LAYERS + 1)));
        }
        assertThat(backups.verify(new Told()).problems()).isZero();
        backups.restore(back);
        try (var server = RunningServer.start(folder.resolve("back"), back)) {
            assertThat(server.get("/v2/app/manifests/v0").statusCode()).isEqualTo(200);
            assertThat(server.get("/v2/app/blobs/" + Manifests.digest(layer(0))).body())
                    .isEqualTo(new String(layer(0), UTF_8));
        }
    }

    @Test
    void one_that_is_killed_midway_holds_collection_off_for_a_while() throws Exception {
        letGoOfTheDead(Map.of("data", folder.resolve("here").toString()));
    }

    @Test
    void the_same_of_one_that_is_killed_where_stores_are_shared() throws Exception {
        var shared = new HashMap<>(TestStores.database(folder));
        shared.put("data", folder.resolve("here").toString());
        letGoOfTheDead(shared);
    }

    /// A process that is killed says nothing more: the last that it said is over after a while.
    private void letGoOfTheDead(Map<String, String> here) throws Exception {
        try (var server = RunningServer.start(folder.resolve("here"), here)) {
            fill(server);
            var hold = Stores.hold(Backups.storage(here));
            hold.renew(Duration.ofHours(1));
            deleteImages(server);
            assertThat(gc("NOW")).contains("freed: 0 layers, 0 bytes");

            hold.renew(Duration.ZERO);

            assertThat(gc("NOW")).contains("waiting: 0 layers, 0 bytes");
        }
    }

    private static byte[] layer(int number) {
        return ("layer " + number).getBytes(UTF_8);
    }

    private static void fill(RunningServer server) throws IOException {
        server.ecr().createRepository(r -> r.repositoryName("app"));
        server.push("app", Manifests.CONFIG);
        for (int i = 0; i < LAYERS; i++) {
            server.push("app", layer(i));
            var descriptor = Manifests.descriptor(
                    "application/vnd.oci.image.layer.v1.tar", Manifests.digest(layer(i)), layer(i).length);
            FullRegistry.put(server, "app", "v" + i, OCI, Manifests.image(OCI, Manifests.config(), descriptor, ""));
        }
    }

    private static void deleteImages(RunningServer server) {
        for (int i = 0; i < LAYERS; i++) {
            var tag = ImageIdentifier.builder().imageTag("v" + i).build();
            server.ecr().batchDeleteImage(r -> r.repositoryName("app").imageIds(tag));
        }
    }

    /// Without any grace. Several ask at once, of whom one after the other is answered.
    private List<String> gc(String mode) throws IOException {
        var socket = DataFolder.adminSocket(folder.resolve("here"));
        var lines = List.<String>of();
        while (lines.isEmpty()) {
            lines = AdminClient.call(socket, GarbageCommands.NAME, List.of(mode, "text", "PT0S"));
        }
        return lines;
    }
}
