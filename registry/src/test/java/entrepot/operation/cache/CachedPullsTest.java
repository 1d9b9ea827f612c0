package entrepot.operation.cache;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Reference;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.domain.TemplatePrefix;
import entrepot.operation.Operation;
import entrepot.operation.World;
import entrepot.operation.image.BatchDeleteImage;
import entrepot.operation.image.BatchGetImage;
import entrepot.server.Families;
import entrepot.server.ForeignRegistry;
import entrepot.store.CacheImports.Import;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a pull through the cache gives where something is here already, or was.
class CachedPullsTest {

    private static final RepositoryName NAME = new RepositoryName("hub/app");

    @AutoClose
    private final World world = World.withApp();

    @AutoClose
    private final ForeignRegistry upstream = new ForeignRegistry();

    @AutoClose
    private final ForeignRegistry another = new ForeignRegistry();

    @TempDir
    Path folder;

    private Families families;
    private ForeignRegistry.Image image;

    CachedPullsTest() throws IOException {}

    @BeforeEach
    void make_a_rule() {
        families = Families.with(world.means, TestUpstreams.allowing(folder, upstream.host(), another.host()));
        world.call(the(CreatePullThroughCacheRule.class), Rules.rule("hub", upstream.host()));
        image = upstream.image("app", "a", 1, 1_000, "v1");
    }

    private <T extends Operation<?, ?>> T the(Class<T> operation) {
        return World.the(families, operation);
    }

    private static ImageIdentifier tag(String tag) {
        return new ImageIdentifier(null, tag);
    }

    private static ImageIdentifier digest(String digest) {
        return new ImageIdentifier(digest, null);
    }

    private BatchGetImage.Output pull(ImageIdentifier... ids) {
        return world.call(the(BatchGetImage.class), new BatchGetImage.Input(null, NAME, List.of(ids), null));
    }

    private static List<String> digests(BatchGetImage.Output output) {
        return output.images().stream()
                .map(each -> String.valueOf(each.imageId().imageDigest()))
                .toList();
    }

    @Test
    void what_is_here_by_its_digest_is_given_beside_what_is_nowhere() {
        pull(tag("v1"));
        await();

        var output = pull(digest(image.digest()), tag("none"), tag("v1"));

        assertThat(digests(output)).containsExactly(image.digest(), image.digest());
        assertThat(output.failures())
                .hasSize(1)
                .allMatch(failure -> failure.imageId().equals(tag("none")));
    }

    @Test
    void pulls_are_counted_where_something_else_is_missing() {
        pull(tag("v1"));
        await();
        assertThat(world.means.kept().pulls().pending(9)).isEmpty();

        pull(tag("v1"), tag("none"));

        assertThat(world.means.kept().pulls().pending(9)).hasSize(1);
    }

    @Test
    void a_tag_that_was_deleted_here_is_what_it_is_there_by_now() {
        pull(tag("v1"));
        await();
        var newer = upstream.image("app", "b", 1, 1_000, "v1");
        delete(digest(image.digest()));
        world.clock.move(Duration.ofMinutes(1));

        assertThat(digests(pull(tag("v1")))).containsExactly(newer.digest());
    }

    private void delete(ImageIdentifier id) {
        world.call(the(BatchDeleteImage.class), new BatchDeleteImage.Input(null, NAME, List.of(id)));
    }

    @Test
    void what_another_registry_had_is_not_given_for_what_this_one_has() {
        pull(tag("v1"));
        await();
        delete(digest(image.digest()));
        world.call(
                the(DeletePullThroughCacheRule.class),
                new DeletePullThroughCacheRule.Input(new TemplatePrefix("hub"), null));
        assertThat(pull(tag("v1")).images()).isEmpty();
        world.call(the(CreatePullThroughCacheRule.class), Rules.rule("hub", another.host()));
        var other = another.image("app", "b", 1, 1_000, "v1");

        assertThat(digests(pull(tag("v1")))).containsExactly(other.digest());
    }

    @Test
    void a_pull_by_digest_says_nothing_of_what_is_about_the_image() {
        pull(tag("v1"));
        await();
        delete(digest(image.digest()));
        world.clock.move(Duration.ofMinutes(1));
        pull(digest(image.digest()));
        await();

        assertThat(checkedAt(Digest.parse(image.digest()))).isEmpty();
        assertThat(checkedAt(new Tag("v1"))).isPresent();
    }

    private Optional<Instant> checkedAt(Reference reference) {
        var repository = world.repository(NAME);
        return world.metadata.ask(tx -> tx.cacheImports().checkedAt(repository, reference));
    }

    /// More than are brought at a time; the job brings the rest.
    @Test
    void each_of_many_images_comes() {
        var tags = Stream.iterate(0, i -> i < 20, i -> i + 1).map(i -> "t" + i).toList();
        for (var tag : tags) {
            upstream.image("app", tag, 1, 1_000, tag);
            assertThat(pull(tag(tag)).images()).hasSize(1);
        }
        await();

        upstream.answerAll(ForeignRegistry.status(503));
        assertThat(pull(tags.stream().map(CachedPullsTest::tag).toArray(ImageIdentifier[]::new))
                        .images())
                .hasSize(20);
    }

    /// Until nothing is on its way, going on with what is left as the job does.
    private void await() {
        var end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        for (var left = due(); !left.isEmpty(); left = due()) {
            assertThat(System.nanoTime()).isLessThan(end);
            left.stream()
                    .filter(row -> !row.dueAt().isAfter(world.clock.instant()))
                    .forEach(families.cache().resumption()::resume);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private List<Import> due() {
        return world.metadata.read(
                tx -> tx.cacheImports().due(world.clock.instant().plus(Duration.ofDays(1)), 99));
    }
}
