package entrepot.server;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.GarbageRules;
import entrepot.job.GarbageCounts;
import entrepot.job.GarbagePass;
import entrepot.operation.World;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class GarbageCommandsTest {

    private static final Duration LONG = Duration.ofHours(1);

    @AutoClose
    private final World world = World.withApp();

    /// Who asked may have gone by the time that it is free.
    @Test
    void it_waits_for_no_turn_and_tells_the_rest() throws IOException {
        var pass = new GarbagePass(world.metadata, world.blobs, world.clock, GarbageRules.USUAL, new GarbageCounts());
        var commands = new GarbageCommands(pass, () -> false);
        world.metadata.transactGuarded(tx -> tx.leases().take("garbage-pass", "another", LONG));

        assertThat(commands.run(List.of("NOW", "text", ""))).isEmpty();
        assertThat(commands.run(List.of("NOW", "json", ""))).isEmpty();
        assertThat(commands.run(List.of("STATUS", "text", ""))).contains("not running");
        assertThat(commands.run(List.of("DRY_RUN", "json", ""))).hasSize(1);
    }
}
