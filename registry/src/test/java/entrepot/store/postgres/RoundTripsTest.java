package entrepot.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.EventFilter;
import entrepot.domain.ImageIdentifier;
import entrepot.domain.Tag;
import entrepot.event.EventOutbox;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.operation.image.BatchGetImage;
import entrepot.operation.image.PutImage;
import entrepot.store.Line;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How often an operation waits for the server, counted on the way there: what is not here is not bounded. Rights are
/// remembered already, and so is the repository.
class RoundTripsTest {

    /// What looks for changes by itself asks too, a few times a second.
    private static final int TRIES = 20;

    @AutoClose
    private final Line line = TestPostgres.line();

    @AutoClose
    private final World world = World.on(
            PostgresMetadataStore.open(TestPostgres.through(line.port(), TestPostgres.place()), TestPostgres.KEY));

    private Images images;

    @BeforeEach
    void push_what_every_image_needs() {
        images = Images.into(world, World.APP);
        put("warm");
    }

    @Test
    void a_push() {
        assertThat(trips(i -> put("new " + i))).isEqualTo(2);
    }

    @Test
    void a_push_that_others_are_told_of() {
        world.told = new EventOutbox(List.of(EventFilter.ALL));

        assertThat(trips(i -> put("new " + i))).isEqualTo(2);
        assertThat(world.metadata.<Boolean>read(tx -> !tx.events().fresh(1).isEmpty()))
                .isTrue();
    }

    private void put(String note) {
        var input = new PutImage.Input(null, World.APP, Images.image(note), null, new Tag("latest"), null);
        world.call(images.put, input);
    }

    @Test
    void a_manifest_by_its_tag() {
        var input = new BatchGetImage.Input(null, World.APP, List.of(new ImageIdentifier(null, "latest")), null);
        assertThat(trips(_ -> world.call(images.get, input))).isEqualTo(1);
    }

    /// Of the quietest of some tries.
    private long trips(IntConsumer work) {
        return IntStream.range(0, TRIES)
                .mapToLong(i -> {
                    var before = line.roundTrips();
                    work.accept(i);
                    return line.roundTrips() - before;
                })
                .min()
                .orElseThrow();
    }
}
