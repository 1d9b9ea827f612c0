package entrepot.job;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.RepositoryName;
import entrepot.operation.AuditTrail;
import entrepot.operation.ImageChanges;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.operation.lifecycle.GetLifecyclePolicyPreview;
import entrepot.operation.lifecycle.LifecycleRun;
import entrepot.operation.lifecycle.PreviewWork;
import entrepot.operation.lifecycle.PutLifecyclePolicy;
import entrepot.operation.lifecycle.RunTurn;
import entrepot.operation.lifecycle.StartLifecyclePolicyPreview;
import entrepot.store.LifecyclePolicies.StoredPolicy;
import entrepot.store.LifecyclePreviews.State;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// LifecycleRuns and LifecyclePreviews.
class LifecycleJobsTest {

    private static final Duration INTERVAL = Duration.ofHours(24);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String ONE_STAYS = """
            {"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1},
            "action":{"type":"expire"}}]}""";

    @AutoClose
    private final World world = World.withApp();

    private final LifecycleRuns runs = new LifecycleRuns(
            world.metadata,
            world.clock,
            new LifecycleRun(world.metadata, world.clock, AuditTrail.NONE, ImageChanges.NONE, INTERVAL));

    private int pushed;

    private void push(RepositoryName name) {
        var images = Images.into(world, name);
        images.put(name, Images.image("image " + pushed++), null);
        world.clock.move(Duration.ofMillis(1));
    }

    private int count(RepositoryName name) {
        return world.metadata.read(tx -> tx.images()
                .images(tx.repositories().find(World.ID, name).orElseThrow(), 0, null, 1_000)
                .size());
    }

    private void put(RepositoryName name) {
        world.call(world.the(PutLifecyclePolicy.class), new PutLifecyclePolicy.Input(null, name, ONE_STAYS));
    }

    private void pushTwo(RepositoryName name) {
        push(name);
        push(name);
    }

    @Test
    void a_policy_runs_within_a_minute_and_not_at_once() {
        pushTwo(APP);
        put(APP);
        runs.runOnce();
        assertThat(count(APP)).isEqualTo(2);

        world.clock.move(MINUTE.minus(runs.every()));
        runs.runOnce();

        assertThat(count(APP)).isEqualTo(1);
    }

    @Test
    void it_runs_again_within_its_interval_and_not_before() {
        put(APP);
        world.clock.move(MINUTE);
        runs.runOnce();
        pushTwo(APP);

        world.clock.move(INTERVAL.dividedBy(2));
        runs.runOnce();
        assertThat(count(APP)).isEqualTo(2);

        world.clock.move(INTERVAL.dividedBy(2).minus(runs.every()));
        runs.runOnce();
        assertThat(count(APP)).isEqualTo(1);
    }

    @Test
    void it_waits_for_whoever_else_runs_policies() {
        pushTwo(APP);
        put(APP);
        world.clock.move(MINUTE);
        try (var _ = RunTurn.take(world.metadata).orElseThrow()) {
            assertThat(runs.runOnce().count()).isZero();
            assertThat(count(APP)).isEqualTo(2);
        }

        runs.runOnce();

        assertThat(count(APP)).isEqualTo(1);
    }

    @Test
    void a_clock_that_is_set_back_delays_no_run() {
        put(APP);
        world.clock.move(MINUTE);
        runs.runOnce();
        pushTwo(APP);

        world.clock.move(INTERVAL.negated());
        runs.runOnce();

        assertThat(count(APP)).isEqualTo(1);
    }

    @Test
    void a_policy_that_cannot_be_run_holds_no_other_back() {
        pushTwo(APP);
        world.create(OTHER);
        pushTwo(OTHER);
        var app = world.repository(APP);
        world.metadata.transact(tx -> {
            tx.lifecyclePolicies().put(app, new StoredPolicy("1", "no policy", null), world.clock.instant());
            return true;
        });
        put(OTHER);
        world.clock.move(MINUTE);

        var failures = runs.runOnce();

        assertThat(failures.count()).isEqualTo(1);
        assertThat(count(APP)).isEqualTo(2);
        assertThat(count(OTHER)).isEqualTo(1);
    }

    @Test
    void previews_are_made_and_taken_away() {
        pushTwo(APP);
        var previews = new LifecyclePreviews(new PreviewWork(world.metadata, world.clock));
        start();
        previews.runOnce();
        assertThat(preview().previewResults()).hasSize(1);
        assertThat(count(APP)).isEqualTo(2);

        start();
        previews.runOnce();
        previews.runOnce();
        assertThat(world.metadata.<Boolean>read(
                        tx -> tx.lifecyclePreviews().in(State.REPLACED, 9).isEmpty()))
                .isTrue();

        world.clock.move(Duration.ofHours(25));
        previews.runOnce();
        assertThat(preview().status()).isEqualTo(State.EXPIRED);
    }

    private void start() {
        world.call(
                world.the(StartLifecyclePolicyPreview.class),
                new StartLifecyclePolicyPreview.Input(null, APP, ONE_STAYS));
    }

    private GetLifecyclePolicyPreview.Output preview() {
        return world.call(
                world.the(GetLifecyclePolicyPreview.class),
                new GetLifecyclePolicyPreview.Input(null, APP, null, null, null, null));
    }
}
