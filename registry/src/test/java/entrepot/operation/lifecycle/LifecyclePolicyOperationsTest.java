package entrepot.operation.lifecycle;

import static entrepot.operation.World.APP;
import static entrepot.operation.World.OTHER;
import static entrepot.operation.World.refusal;
import static entrepot.operation.lifecycle.Lifecycles.OLDER_THAN_A_DAY;
import static entrepot.operation.lifecycle.Lifecycles.ONE_STAYS;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.operation.World;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// PutLifecyclePolicy, GetLifecyclePolicy and DeleteLifecyclePolicy.
class LifecyclePolicyOperationsTest {

    private static final String NONE =
            "LifecyclePolicyNotFoundException: Lifecycle policy does not exist for the repository"
                    + " with name 'app' in the registry with id '123456789012'";

    @AutoClose
    private final Lifecycles lifecycles = new Lifecycles();

    private final World world = lifecycles.world;

    @Test
    void a_policy_is_kept_as_it_came() {
        var text = "\n { \"rules\":\t[" + OLDER_THAN_A_DAY.substring("{\"rules\":[".length());

        lifecycles.put(text);

        assertThat(lifecycles.get())
                .isEqualTo(new GetLifecyclePolicy.Output(World.ID.account(), APP, text, Instant.EPOCH));
    }

    @Test
    void a_policy_takes_the_place_of_the_one_before() {
        lifecycles.put(OLDER_THAN_A_DAY);
        lifecycles.run();
        assertThat(lifecycles.get().lastEvaluatedAt()).isEqualTo(world.clock.instant());

        lifecycles.put(ONE_STAYS);

        assertThat(lifecycles.get().lifecyclePolicyText()).isEqualTo(ONE_STAYS);
        assertThat(lifecycles.get().lastEvaluatedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void a_deleted_policy_is_answered_and_gone() {
        lifecycles.put(OLDER_THAN_A_DAY);
        lifecycles.run();

        var deleted = lifecycles.delete();

        assertThat(deleted.lifecyclePolicyText()).isEqualTo(OLDER_THAN_A_DAY);
        assertThat(deleted.lastEvaluatedAt()).isEqualTo(world.clock.instant());
        assertThat(refusal(lifecycles::get)).isEqualTo(NONE);
        assertThat(refusal(lifecycles::delete)).isEqualTo(NONE);
        assertThat(lifecycles.run()).isEmpty();
    }

    @Test
    void what_is_no_policy_changes_nothing() {
        lifecycles.put(ONE_STAYS);

        assertThat(refusal(() -> lifecycles.put("{}")))
                .isEqualTo("InvalidParameterException: Invalid parameter at 'LifecyclePolicyText' failed to satisfy"
                        + " constraint: 'Lifecycle policy validation failure: object has missing required properties"
                        + " ([\"rules\"])'");
        assertThat(lifecycles.get().lifecyclePolicyText()).isEqualTo(ONE_STAYS);
    }

    @Test
    void a_repository_that_is_not_there_has_none() {
        var put = world.the(PutLifecyclePolicy.class);
        assertThat(refusal(() -> world.call(put, new PutLifecyclePolicy.Input(null, OTHER, ONE_STAYS))))
                .isEqualTo(World.absent(OTHER));
        var get = world.the(GetLifecyclePolicy.class);
        assertThat(refusal(() -> world.call(get, new GetLifecyclePolicy.Input(null, OTHER))))
                .isEqualTo(World.absent(OTHER));
        var delete = world.the(DeleteLifecyclePolicy.class);
        assertThat(refusal(() -> world.call(delete, new DeleteLifecyclePolicy.Input(null, OTHER))))
                .isEqualTo(World.absent(OTHER));
    }

    @Test
    void a_repository_made_anew_has_none() {
        lifecycles.put(ONE_STAYS);
        world.delete(APP);
        world.create(APP);

        assertThat(refusal(lifecycles::get)).isEqualTo(NONE);
    }
}
