package entrepot.operation.cache;

import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.Caller;
import entrepot.domain.CreationTemplate.Occasion;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.RepositoryName;
import entrepot.domain.TagMutability.Mode;
import entrepot.operation.World;
import entrepot.operation.image.BatchGetImage;
import entrepot.operation.template.Templates;
import entrepot.server.Families;
import entrepot.server.ForeignRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a pull through the cache needs, and what the repositories are like that it makes.
class PullThroughRightsTest {

    private static final RepositoryName NAME = new RepositoryName("hub/app");

    @AutoClose
    private final World world = World.withApp();

    @AutoClose
    private final ForeignRegistry upstream = new ForeignRegistry();

    @TempDir
    Path folder;

    private BatchGetImage get;

    PullThroughRightsTest() throws IOException {}

    @BeforeEach
    void make_a_rule() {
        var families = Families.with(world.means, TestUpstreams.allowing(folder, upstream.host()));
        get = World.the(families, BatchGetImage.class);
        world.call(World.the(families, CreatePullThroughCacheRule.class), Rules.rule("hub", upstream.host()));
        upstream.image("app", "a", 1, 1_000, "v1");
    }

    private BatchGetImage.Output pull(Caller caller) {
        return world.call(
                caller, get, new BatchGetImage.Input(null, NAME, List.of(new ImageIdentifier(null, "v1")), null));
    }

    private Caller user(String name, String... actions) {
        var all = Stream.of(actions).map(action -> "\"ecr:" + action + "\"").collect(Collectors.joining(","));
        return world.user(
                World.ID.account(),
                name,
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[%s],\"Resource\":\"*\"}]}"
                        .formatted(all));
    }

    @Test
    void who_may_import_and_create_has_the_repository_made() {
        assertThat(pull(user("all", "BatchGetImage", "BatchImportUpstreamImage", "CreateRepository"))
                        .images())
                .hasSize(1);
        assertThat(world.repository(NAME).tagMutability().mode()).isEqualTo(Mode.MUTABLE);
    }

    @Test
    void who_may_not_sees_no_repository_and_the_other_registry_hears_nothing() {
        var reader = user("reader", "BatchGetImage", "CreateRepository");
        var importer = user("importer", "BatchGetImage", "BatchImportUpstreamImage");

        assertThat(refusal(() -> pull(reader))).startsWith("RepositoryNotFoundException: ");
        assertThat(refusal(() -> pull(importer))).startsWith("RepositoryNotFoundException: ");
        assertThat(upstream.askedAtAll()).isZero();
    }

    @Test
    void in_a_repository_that_is_there_who_may_not_import_is_told_so() {
        world.create(NAME);

        assertThat(refusal(() -> pull(user("reader", "BatchGetImage"))))
                .startsWith("AccessDeniedException: ")
                .contains("ecr:BatchImportUpstreamImage");
        assertThat(pull(user("importer", "BatchGetImage", "BatchImportUpstreamImage"))
                        .images())
                .hasSize(1);
    }

    @Test
    void what_is_here_needs_no_right_to_import() {
        pull(world.root);
        await();
        world.clock.move(Duration.ofHours(2));
        var asked = upstream.askedAtAll();

        assertThat(pull(user("reader", "BatchGetImage")).images()).hasSize(1);
        assertThat(upstream.askedAtAll()).isEqualTo(asked);
        assertThat(pull(world.root).images()).hasSize(1);
        assertThat(upstream.askedAtAll()).isGreaterThan(asked);
    }

    @Test
    void a_repository_is_made_by_the_template_for_it_and_a_tag_that_may_not_move_is_not_asked_for_again() {
        new Templates(world)
                .create(Templates.mutable(
                        Templates.with(Templates.plain("hub"), Occasion.PULL_THROUGH_CACHE), Mode.IMMUTABLE, null));
        pull(world.root);
        await();
        assertThat(world.repository(NAME).tagMutability().mode()).isEqualTo(Mode.IMMUTABLE);
        var newer = upstream.image("app", "b", 1, 1_000, "v1");
        world.clock.move(Duration.ofHours(2));
        var asked = upstream.askedAtAll();

        assertThat(pull(world.root).images().getFirst().imageId().imageDigest().toString())
                .isNotEqualTo(newer.digest());
        assertThat(upstream.askedAtAll()).isEqualTo(asked);
    }

    /// Until the image is here, which is told as a push.
    private void await() {
        var end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (world.changes.isEmpty()
                || !world.metadata.read(tx -> tx.cacheImports()
                        .due(world.clock.instant().plus(Duration.ofDays(1)), 9)
                        .isEmpty())) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
