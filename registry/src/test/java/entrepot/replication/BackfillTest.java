package entrepot.replication;

import static entrepot.operation.Images.image;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.error;
import static entrepot.replication.Replicated.BEYOND;
import static entrepot.replication.Replicated.HOME;
import static entrepot.replication.Replicated.OTHERS;
import static entrepot.replication.Replicated.THERE;
import static entrepot.replication.Replicated.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import entrepot.domain.Digest;
import entrepot.domain.JsonAloneError;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryError;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.operation.Images;
import entrepot.operation.image.ImageView.ImageId;
import entrepot.operation.replication.BackfillView;
import entrepot.operation.replication.BackfillView.Progress;
import entrepot.operation.replication.DescribeReplicationBackfillResults;
import entrepot.operation.replication.DescribeReplicationBackfillResults.Result;
import entrepot.operation.replication.DescribeReplicationBackfillResults.ResultStatus;
import entrepot.operation.replication.ListReplicationBackfills;
import entrepot.operation.replication.ReplicationConfiguration.Destination;
import entrepot.operation.replication.StartReplicationBackfill;
import entrepot.operation.replication.StopReplicationBackfill;
import entrepot.store.Backfills.Status;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Bringing what was there before the rule.
@Timeout(120)
class BackfillTest {

    @AutoClose
    private final Replicated registries = new Replicated();

    private final Images images = registries.images;

    private static Destination destination(RegistryId registry) {
        return new Destination(registry.region(), registry.account());
    }

    private StartReplicationBackfill.Output start(RegistryId destination) {
        return registries.call(
                HOME,
                StartReplicationBackfill.class,
                new StartReplicationBackfill.Input(null, destination(destination)));
    }

    private StartReplicationBackfill.Output stop(String id) {
        return registries.call(HOME, StopReplicationBackfill.class, new StopReplicationBackfill.Input(null, id));
    }

    private DescribeReplicationBackfillResults.Output results(
            String id, @Nullable ResultStatus filter, @Nullable Integer size, @Nullable String token) {
        return registries.call(
                HOME,
                DescribeReplicationBackfillResults.class,
                new DescribeReplicationBackfillResults.Input(null, id, filter, size, token));
    }

    private DescribeReplicationBackfillResults.Output results(String id) {
        return results(id, null, null, null);
    }

    private Digest push(String note, @Nullable String tag) {
        return images.put(APP, image(note), tag);
    }

    @Test
    void all_that_matches_comes_there_with_all_its_tags() {
        registries.world.create(OTHER);
        Images.into(registries.world, OTHER);
        images.put(OTHER, image("other"), "v1");
        var one = push("one", "v1");
        push("one", "v2");
        var two = push("two", null);
        registries.rules(HOME, rule(null, List.of("app"), THERE), rule(null, List.of("oth"), BEYOND));
        var begun = start(THERE);
        assertThat(begun.status()).isEqualTo(Status.PREPARING);
        registries.replicate();

        assertThat(registries.has(THERE, APP)).isEqualTo(Map.of(one, List.of("v1", "v2"), two, List.of()));
        assertThat(registries.has(THERE, OTHER)).isEmpty();
        var results = results(begun.replicationBackfillId());
        assertThat(results.status()).isEqualTo(Status.COMPLETE);
        assertThat(results.progress()).isEqualTo(new Progress(3, 3, 0, List.of()));
        assertThat(results.destination()).isEqualTo(destination(THERE));
        assertThat(results.endedAt()).isNotNull();
        assertThat(results.results())
                .extracting(Result::imageId, Result::status)
                .containsExactlyInAnyOrder(
                        tuple(new ImageId(one, new Tag("v1")), ResultStatus.COMPLETE),
                        tuple(new ImageId(one, new Tag("v2")), ResultStatus.COMPLETE),
                        tuple(new ImageId(two, null), ResultStatus.COMPLETE));
        assertThat(registries.status(one)).containsExactly("us-east-1 COMPLETE");
    }

    @Test
    void a_tag_that_has_moved_meanwhile_is_as_it_was_pushed_last() {
        var one = push("one", "latest");
        var two = push("two", null);
        registries.toAll(THERE);
        start(THERE);
        push("two", "latest");
        registries.replicate();

        assertThat(registries.has(THERE, APP)).isEqualTo(Map.of(one, List.of(), two, List.of("latest")));
    }

    @Test
    void more_than_a_page_of_repositories_and_images_comes() {
        var names =
                IntStream.range(0, 5).mapToObj(i -> new RepositoryName("r" + i)).toList();
        names.forEach(name -> {
            registries.world.create(name);
            Images.into(registries.world, name);
            images.put(name, image("x"), "v");
        });
        for (int i = 0; i < 120; i++) {
            push("n" + i, "t" + i);
        }
        registries.toAll(THERE);
        var begun = start(THERE);
        registries.replicate();

        assertThat(registries.has(THERE, APP))
                .isEqualTo(registries.has(HOME, APP))
                .hasSize(120);
        assertThat(names)
                .allSatisfy(name -> assertThat(registries.has(THERE, name)).hasSize(1));
        assertThat(results(begun.replicationBackfillId()).progress()).isEqualTo(new Progress(125, 125, 0, List.of()));
    }

    @Test
    void what_fails_is_told_by_image() {
        var child = push("one", null);
        var list = images.put(APP, Images.index(image("one")), "all");
        registries.toAll(OTHERS);
        var id = start(OTHERS).replicationBackfillId();
        registries.replicate();

        var results = results(id);
        assertThat(results.status()).isEqualTo(Status.COMPLETE);
        assertThat(results.progress()).isEqualTo(new Progress(2, 0, 2, List.of("AccessDenied")));
        assertThat(results.results())
                .extracting(result -> result.imageId().imageDigest(), Result::failureCode, Result::subImageFailureCodes)
                .containsExactly(
                        tuple(child, "AccessDenied", null), tuple(list, "AccessDenied", List.of("AccessDenied")));
        assertThat(results(id, ResultStatus.COMPLETE, null, null).results()).isEmpty();
    }

    @Test
    void results_come_in_pages_once_it_is_over() {
        IntStream.range(0, 5).forEach(i -> push("n" + i, "t" + i));
        registries.toAll(THERE);
        var id = start(THERE).replicationBackfillId();
        assertThat(results(id).results()).isNull();
        assertThat(results(id).progress()).isNull();
        registries.replicate();

        var first = results(id, ResultStatus.COMPLETE, 3, null);
        assertThat(first.results()).hasSize(3);
        var second = results(id, ResultStatus.COMPLETE, 3, first.nextToken());
        assertThat(second.results()).hasSize(2);
        assertThat(second.nextToken()).isNull();
    }

    @Test
    void there_is_one_for_a_region_and_the_destination_must_be_configured() {
        registries.toAll(THERE);
        var begun = start(THERE);

        assertThat(error(() -> start(THERE)))
                .isEqualTo(new JsonAloneError.ReplicationBackfillInProgress(HOME, "us-east-1"));
        assertThat(error(() -> start(BEYOND)))
                .isEqualTo(new JsonAloneError.InvalidParameter(
                        "destination",
                        "The destination is not configured in the registry's replication configuration"));
        registries.replicate();
        assertThat(start(THERE).replicationBackfillId()).isNotEqualTo(begun.replicationBackfillId());
    }

    @Test
    void ten_are_in_progress_at_once() {
        var regions = IntStream.rangeClosed(1, 11)
                .mapToObj(i -> new RegistryId(HOME.account(), "us-east-" + (i + 10)))
                .toArray(RegistryId[]::new);
        registries.toAll(regions);
        for (int i = 0; i < 10; i++) {
            start(regions[i]);
        }
        assertThat(error(() -> start(regions[10]))).isInstanceOf(RepositoryError.LimitExceeded.class);
        assertThat(error(() -> start(regions[0]))).isInstanceOf(JsonAloneError.ReplicationBackfillInProgress.class);
    }

    @Test
    void one_that_has_not_begun_is_stopped_at_once() {
        var image = push("one", "v1");
        registries.toAll(THERE);
        var id = start(THERE).replicationBackfillId();

        assertThat(stop(id).status()).isEqualTo(Status.STOPPED);
        registries.replicate();
        assertThat(results(id).status()).isEqualTo(Status.STOPPED);
        assertThat(results(id).progress()).isNull();
        assertThat(results(id).results()).isEmpty();
        assertThat(registries.status(image)).isEmpty();
        assertThat(error(() -> stop(id)))
                .isEqualTo(new JsonAloneError.ReplicationBackfillInvalidStatus(HOME, id, "STOPPED"));
    }

    @Test
    void one_that_is_in_progress_ends_where_it_is() {
        push("one", "v1");
        registries.toAll(THERE);
        var id = start(THERE).replicationBackfillId();
        var work = new BackfillWork(registries.world.metadata, registries.world.clock);
        while (results(id).status() == Status.PREPARING) {
            work.step();
        }
        assertThat(results(id).progress()).isEqualTo(new Progress(1, 0, 0, List.of()));

        assertThat(stop(id).status()).isEqualTo(Status.STOPPING);
        registries.replicate();

        assertThat(results(id).status()).isEqualTo(Status.STOPPED);
        assertThat(registries.has(THERE, APP)).isEmpty();
        assertThat(registries.world.metadata.<Integer>read(
                        tx -> tx.replication().destinations().size()))
                .isZero();
    }

    @Test
    void they_are_listed_with_the_latest_first() {
        registries.toAll(THERE);
        var ids = IntStream.range(0, 3)
                .mapToObj(i -> {
                    var id = start(THERE).replicationBackfillId();
                    registries.replicate();
                    return id;
                })
                .toList();
        var first = list(2, null);
        assertThat(first.backfills())
                .extracting(BackfillView::replicationBackfillId)
                .containsExactly(ids.get(2), ids.get(1));
        assertThat(list(2, first.nextToken()).backfills())
                .extracting(BackfillView::replicationBackfillId)
                .containsExactly(ids.get(0));
        assertThat(list(50, null).nextToken()).isNull();
        assertThat(error(() -> list(51, null)))
                .isEqualTo(new JsonAloneError.InvalidParameter(
                        "maxResults", "Member must have value less than or equal to 50"));
    }

    private ListReplicationBackfills.Output list(int size, @Nullable String token) {
        return registries.call(
                HOME, ListReplicationBackfills.class, new ListReplicationBackfills.Input(null, size, token));
    }

    @Test
    void one_of_another_registry_is_not_found() {
        var id = UUID.randomUUID().toString();

        assertThat(error(() -> results(id))).isEqualTo(new JsonAloneError.ReplicationBackfillNotFound(HOME, id));
        assertThat(error(() -> stop(id))).isEqualTo(new JsonAloneError.ReplicationBackfillNotFound(HOME, id));
    }
}
