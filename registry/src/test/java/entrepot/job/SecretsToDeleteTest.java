package entrepot.job;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Secret;
import entrepot.operation.World;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecretsToDeleteTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @AutoClose
    private final World world = World.withApp();

    private final Secret secret = Secret.create(World.ID, "app", null, world.clock.instant());
    private final SecretsToDelete deletion = new SecretsToDelete(world.metadata, world.clock);

    @BeforeEach
    void delete_a_secret() {
        var now = world.clock.instant();
        world.metadata.transact(tx -> {
            tx.secrets().create(secret);
            tx.secrets().update(secret.deletedBy(new Secret.Deletion(now, now.plus(WEEK)), now));
            return secret;
        });
    }

    private boolean isThere() {
        return world.metadata.read(tx -> tx.secrets().find(World.ID, "app").isPresent());
    }

    @Test
    void a_secret_is_deleted_when_its_window_is_over_and_not_before() {
        world.clock.move(WEEK.minusMillis(1));
        deletion.runOnce();
        assertThat(isThere()).isTrue();

        world.clock.move(Duration.ofMillis(1));
        deletion.runOnce();
        assertThat(isThere()).isFalse();
    }

    @Test
    void one_that_was_restored_stays() {
        world.metadata.transact(tx -> {
            tx.secrets().update(secret.deletedBy(null, world.clock.instant()));
            return secret;
        });
        world.clock.move(WEEK);
        deletion.runOnce();

        assertThat(isThere()).isTrue();
    }
}
