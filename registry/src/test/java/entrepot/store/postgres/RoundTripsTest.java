package entrepot.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.ImageIdentifier;
import entrepot.domain.Tag;
import entrepot.operation.Images;
import entrepot.operation.World;
import entrepot.operation.image.BatchGetImage;
import entrepot.operation.image.PutImage;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How often an operation waits for the server: what is not here is not bounded. Rights are remembered already.
class RoundTripsTest {

    private final PostgresMetadataStore store = TestPostgres.store();

    @AutoClose
    private final World world = World.on(store);

    private Images images;

    @BeforeEach
    void push_what_every_image_needs() {
        images = Images.into(world, World.APP);
        put("warm");
    }

    @Test
    void a_push() {
        assertThat(trips(() -> put("new"))).isEqualTo(7);
        assertThat(trips(() -> put("newer"))).isEqualTo(7);
    }

    private void put(String note) {
        var input = new PutImage.Input(null, World.APP, Images.image(note), null, new Tag("latest"), null);
        world.call(images.put, input);
    }

    @Test
    void a_manifest_by_its_tag() {
        var input = new BatchGetImage.Input(null, World.APP, List.of(new ImageIdentifier(null, "latest")), null);
        assertThat(trips(() -> world.call(images.get, input))).isEqualTo(4);
    }

    private long trips(Runnable work) {
        var before = store.messages();
        work.run();
        return store.messages() - before;
    }
}
