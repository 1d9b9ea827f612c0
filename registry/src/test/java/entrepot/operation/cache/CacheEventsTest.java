package entrepot.operation.cache;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.EventType;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.RepositoryName;
import entrepot.event.Told;
import entrepot.operation.World;
import entrepot.operation.image.BatchGetImage;
import entrepot.server.Families;
import entrepot.server.ForeignRegistry;
import entrepot.store.CacheImports.Import;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is told of images that come through the cache.
class CacheEventsTest {

    private static final RepositoryName NAME = new RepositoryName("hub/app");

    @AutoClose
    private final World world = World.withApp();

    @AutoClose
    private final ForeignRegistry upstream = new ForeignRegistry();

    private final Told told = new Told(world, EventType.PULL_THROUGH_CACHE_ACTION);

    @TempDir
    Path folder;

    private Families families;
    private ForeignRegistry.Image image;

    CacheEventsTest() throws IOException {}

    @BeforeEach
    void make_a_rule() {
        families = Families.with(world.means, TestUpstreams.allowing(folder, upstream.host()));
        world.call(World.the(families, CreatePullThroughCacheRule.class), Rules.rule("hub", upstream.host()));
        image = upstream.image("app", "a", 1, 1_000, "v1");
        world.told = told.outbox();
    }

    private void pull(@Nullable String digest, @Nullable String tag) {
        var id = new ImageIdentifier(digest, tag);
        world.call(World.the(families, BatchGetImage.class), new BatchGetImage.Input(null, NAME, List.of(id), null));
    }

    /// Until nothing is on its way, whatever comes of it.
    private void await() {
        var end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        for (var left = due(); !left.isEmpty(); left = due()) {
            assertThat(System.nanoTime()).isLessThan(end);
            world.clock.move(Duration.ofMinutes(1));
            left.forEach(families.cache().resumption()::resume);
            LockSupport.parkNanos(20_000_000);
        }
    }

    private List<Import> due() {
        return world.metadata.read(
                tx -> tx.cacheImports().due(world.clock.instant().plus(Duration.ofDays(1)), 99));
    }

    @Test
    void an_image_that_has_come_is_told_with_the_rule_that_it_came_by() {
        pull(null, "v1");
        await();

        var event = told.documents().getFirst();

        assertThat(event.get("detail-type").asString()).isEqualTo("ECR Pull Through Cache Action");
        assertThat(event.get("resources")).hasToString("[\"arn:aws:ecr:eu-west-1:123456789012:repository/hub/app\"]");
        assertThat(event.get("detail")).hasToString("""
                        {"rule-version":"1","sync-status":"SUCCESS","ecr-repository-prefix":"hub",\
                        "repository-name":"hub/app","upstream-registry-url":"%s","image-tag":"v1",\
                        "image-digest":"%s"}""".formatted(upstream.host(), image.digest()));
    }

    @Test
    void one_that_was_asked_for_by_its_digest_has_no_tag() {
        pull(image.digest(), null);
        await();

        assertThat(told.documents())
                .hasSize(1)
                .allMatch(event -> !event.get("detail").has("image-tag"));
    }

    @Test
    void one_that_two_nodes_bring_is_told_once() {
        var other = Families.with(world.means, TestUpstreams.allowing(folder, upstream.host()));
        var id = new ImageIdentifier(null, "v1");
        var bothAsk = new CountDownLatch(1);
        var layer = image.blobs().getFirst();
        upstream.answer("/v2/app/blobs/" + image.digests().getFirst(), ForeignRegistry.slowly(layer, bothAsk));
        pull(null, "v1");
        world.call(World.the(other, BatchGetImage.class), new BatchGetImage.Input(null, NAME, List.of(id), null));
        bothAsk.countDown();
        await();

        assertThat(told.documents()).hasSize(1);
        assertThat(told.documents()).isEmpty();
    }

    @Test
    void one_that_is_given_up_is_told_with_the_reason() {
        upstream.answer("/v2/app/blobs/" + image.digests().getFirst(), ForeignRegistry.status(403));
        pull(null, "v1");
        await();

        var detail = told.documents().getFirst().get("detail");
        assertThat(detail.get("sync-status").asString()).isEqualTo("FAILED");
        assertThat(detail.get("failure-code").asString()).isEqualTo("UpstreamAccessDenied");
        assertThat(detail.get("failure-reason").asString()).contains("authentication");
        assertThat(told.documents()).isEmpty();
    }
}
