package entrepot.job;

import static entrepot.operation.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Tag;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.watch.Watch;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PulledImagesTest {

    @AutoClose
    private final World world = World.withApp();

    private final Images images = Images.into(world, APP);
    private final PulledImages job =
            new PulledImages(world.metadata, world.means.kept().pulls());

    private @Nullable Instant recorded(String tag) {
        var app = world.repository(APP);
        return world.metadata.<Instant>read(
                tx -> tx.images().find(app, new Tag(tag)).orElseThrow().pulledAt());
    }

    @Test
    void pulls_are_stored_within_seconds() {
        images.put(APP, Images.image("a"), "a");
        images.get(APP, Images.byTag("a"));

        assertThat(job.runOnce().count()).isZero();

        assertThat(recorded("a")).isEqualTo(world.clock.instant());
        assertThat(job.every()).hasSeconds(5);
    }

    @Test
    void they_are_stored_when_the_server_ends() {
        images.put(APP, Images.image("a"), "a");
        var jobs = Jobs.start(List.of(job), world.metadata, world.clock, Watch.NONE);
        while (jobs.status().getFirst().last() == null) {
            Thread.onSpinWait(); // until its first run is over
        }
        images.get(APP, Images.byTag("a"));

        jobs.close();

        assertThat(recorded("a")).isEqualTo(world.clock.instant());
    }
}
