package entrepot.server;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.store.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three servers, one database, one bucket, one other registry.
class PullThroughNodesTest {

    @TempDir
    Path folder;

    private final Map<String, String> settings = new HashMap<>();
    private final List<RunningServer> nodes = new ArrayList<>();
    private ForeignRegistry upstream;

    @BeforeEach
    void start_all() throws IOException {
        upstream = new ForeignRegistry();
        settings.putAll(TestStores.database(folder));
        settings.putAll(TestStores.bucket(folder));
        settings.put("pull-through.allowed", upstream.host());
        for (var name : List.of("a", "b", "c")) {
            if (!nodes.isEmpty()) {
                Files.createDirectories(folder.resolve(name));
                Files.copy(folder.resolve("a/credentials"), folder.resolve(name).resolve("credentials"));
            }
            nodes.add(RunningServer.start(folder.resolve(name), settings));
        }
        nodes.getFirst()
                .ecr()
                .createPullThroughCacheRule(r -> r.ecrRepositoryPrefix("hub").upstreamRegistryUrl(upstream.host()));
    }

    @AfterEach
    void stop_all() throws IOException {
        for (var node : nodes) {
            node.close();
        }
        upstream.close();
    }

    @Test
    void the_other_registry_gives_each_layer_once_whichever_nodes_are_asked() throws Exception {
        var image = upstream.image("app", "a", 10, 100_000, "v1");
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var pulls = IntStream.range(0, 64)
                    .mapToObj(i -> clients.submit(() -> pull(nodes.get(i % nodes.size()), image)))
                    .toList();
            for (var pull : pulls) {
                assertThat(pull.get()).isTrue();
            }
        }
        image.digests()
                .forEach(digest -> assertThat(upstream.asked("GET", "/v2/app/blobs/" + digest))
                        .isEqualTo(1));
    }

    @Test
    void a_rule_that_one_node_makes_holds_at_all_at_once() throws IOException {
        var image = upstream.image("app", "a", 1, 1_000, "v1");
        var other = nodes.getLast();
        assertThat(other.get("/v2/new/app/manifests/v1").statusCode()).isEqualTo(404);

        nodes.getFirst()
                .ecr()
                .createPullThroughCacheRule(r -> r.ecrRepositoryPrefix("new").upstreamRegistryUrl(upstream.host()));

        assertThat(other.get("/v2/new/app/manifests/v1").body()).isEqualTo(image.text());
    }

    private static boolean pull(RunningServer node, ForeignRegistry.Image image) throws IOException {
        assertThat(node.get("/v2/hub/app/manifests/v1").body()).isEqualTo(image.text());
        for (var digest : image.digests()) {
            try (var stream = node.stream("/v2/hub/app/blobs/" + digest)) {
                assertThat(Manifests.digest(stream.readAllBytes())).isEqualTo(digest);
            }
        }
        return true;
    }

    @Test
    void what_a_node_leaves_another_one_brings() throws IOException {
        var image = upstream.image("app", "a", 1, 400_000, "v1");
        var path = "/v2/app/blobs/" + image.digests().getFirst();
        upstream.answer(path, ForeignRegistry.slowly(image.blobs().getFirst(), new CountDownLatch(1)));
        assertThat(nodes.getFirst().get("/v2/hub/app/manifests/v1").statusCode())
                .isEqualTo(200);
        await(() -> upstream.asked("GET", path) == 1);

        nodes.removeFirst().close();
        upstream.blob("app", image.blobs().getFirst());

        assertThat(pull(nodes.getFirst(), image)).isTrue();
        var other = nodes.getLast().ecr();
        await(() -> other.listImages(r -> r.repositoryName("hub/app")).imageIds().stream()
                .anyMatch(id -> "v1".equals(id.imageTag())));
    }

    private interface Condition {
        boolean isSo();
    }

    private static void await(Condition condition) {
        var end = Instant.now().plusSeconds(180);
        while (!condition.isSo()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(20_000_000);
        }
    }
}
