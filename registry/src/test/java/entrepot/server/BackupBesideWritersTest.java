package entrepot.server;

import static entrepot.server.Manifests.OCI;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.check.Check;
import entrepot.store.TestStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;

/// Clients push, delete and move tags while a backup runs. Each moves two tags, first `a` and then `b`, to images
/// that it numbers: at any one moment `b` is at most one behind.
@Timeout(600)
class BackupBesideWritersTest {

    private static final int WRITERS = 16;

    @TempDir
    Path folder;

    @Test
    void every_image_is_whole_and_tags_are_of_one_moment() throws Exception {
        heldTo(Map.of("data", folder.resolve("here").toString()), Backups.in(folder.resolve("backups")));
    }

    @Test
    void the_same_of_shared_stores_into_a_bucket() throws Exception {
        var shared = new HashMap<>(TestStores.database(folder));
        shared.putAll(TestStores.bucket(folder));
        shared.put("data", folder.resolve("here").toString());
        heldTo(shared, Backups.inBucket(folder));
    }

    private void heldTo(Map<String, String> here, Backups backups) throws Exception {
        var isOver = new AtomicBoolean();
        try (var server = RunningServer.start(folder.resolve("here"), here);
                var threads = Executors.newFixedThreadPool(WRITERS)) {
            for (var repository : List.of("one", "two")) {
                server.ecr().createRepository(r -> r.repositoryName(repository));
            }
            var begun = new AtomicInteger();
            var writers = new ArrayList<Future<?>>();
            for (int i = 0; i < WRITERS; i++) {
                var writer = i;
                writers.add(threads.submit(() -> write(server, writer, begun, isOver)));
            }
            try {
                waitFor(begun, writers);
                backups.add(here, new Told());
                backups.add(here, new Told());
            } finally {
                isOver.set(true);
            }
            for (var writer : writers) {
                writer.get();
            }
        }
        assertThat(backups.verify(new Told()).problems()).isZero();
        var back = Map.of("data", folder.resolve("back").toString());
        backups.restore(back);
        holds(back);
    }

    /// Fails as soon as one of them has.
    private static void waitFor(AtomicInteger begun, List<Future<?>> writers) throws Exception {
        while (begun.get() < WRITERS) {
            for (var writer : writers) {
                if (writer.isDone()) {
                    writer.get();
                }
            }
            Thread.sleep(10);
        }
    }

    private static void write(RunningServer server, int writer, AtomicInteger begun, AtomicBoolean isOver) {
        for (int number = 0; !isOver.get(); number++) {
            var layer = "%d of %d".formatted(number, writer).getBytes(UTF_8);
            var image = image(layer, number);
            for (var repository : List.of("one", "two")) {
                server.push(repository, Manifests.CONFIG);
                server.push(repository, layer);
                FullRegistry.put(server, repository, "t" + writer, OCI, image);
            }
            if (number == 1) {
                begun.incrementAndGet();
            }
            var old = image("%d of %d".formatted(number - 1, writer).getBytes(UTF_8), number - 1);
            server.ecr()
                    .batchDeleteImage(r -> r.repositoryName("one")
                            .imageIds(ImageIdentifier.builder()
                                    .imageDigest(Manifests.digest(old))
                                    .build()));
        }
    }

    private static String image(byte[] layer, int number) {
        var descriptor =
                Manifests.descriptor("application/vnd.oci.image.layer.v1.tar", Manifests.digest(layer), layer.length);
        return Manifests.image(OCI, Manifests.config(), descriptor, ",\"annotations\":{\"number\":\"" + number + "\"}");
    }

    private void holds(Map<String, String> back) throws Exception {
        var told = new Told();
        try (var stores = Stores.read(Backups.storage(back))) {
            assertThat(new Check(stores.metadata(), stores.vault(), told::say)
                            .run()
                            .images())
                    .isGreaterThanOrEqualTo(2 * WRITERS);
        }
        assertThat(told.lines).isEmpty();
        try (var server = RunningServer.start(folder.resolve("back"), back)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                assertThat(number(server, "one", writer) - number(server, "two", writer))
                        .isBetween(0, 1);
            }
        }
    }

    private static int number(RunningServer server, String repository, int writer) {
        var manifest =
                server.get("/v2/%s/manifests/t%d".formatted(repository, writer)).body();
        return Integer.parseInt(manifest.replaceAll("(?s).*\"number\":\"([0-9]+)\".*", "$1"));
    }
}
