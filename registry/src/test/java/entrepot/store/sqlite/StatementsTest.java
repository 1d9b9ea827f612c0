package entrepot.store.sqlite;

import static entrepot.operation.Images.byTag;
import static entrepot.operation.Images.image;
import static entrepot.operation.World.APP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Law;
import entrepot.domain.Tag;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.operation.image.BatchGetImage;
import entrepot.operation.image.PutImage;
import entrepot.operation.layer.ReadLayer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How many statements of SQLite the operations of a push and a pull take, to begin and to end transactions among
/// them. One thread writes, and its time is what bounds the registry: whoever needs more has to say so here.
class StatementsTest {

    private static final byte[] LAYER = Images.LAYER;

    private SqliteMetadataStore store;
    private World world;
    private Images images;
    private Layers layers;
    private int made;

    @BeforeEach
    void push_before_it_counts(@TempDir Path folder) {
        store = SqliteMetadataStore.open(folder.resolve("metadata.db"));
        world = World.on(store);
        layers = new Layers(world);
        images = Images.into(world, APP);
        put("v0");
    }

    private long statements(Runnable work) {
        work.run(); // who may, and where, is remembered
        var before = store.statements();
        work.run();
        return store.statements() - before;
    }

    private void put(String tag) {
        var input = new PutImage.Input(null, APP, image("image " + made++), null, new Tag(tag), null);
        world.call(images.put, input);
    }

    @Test
    void an_image_under_a_new_tag() {
        assertThat(statements(() -> put("new" + made))).isEqualTo(14);
    }

    @Test
    void an_image_under_a_tag_that_moves() {
        assertThat(statements(() -> put("v0"))).isEqualTo(16);
    }

    @Test
    void a_manifest_is_got() {
        var input = new BatchGetImage.Input(null, APP, List.of(byTag("v0")), null);

        assertThat(statements(() -> world.call(images.get, input))).isZero(); // it was found lately
        assertThat(statements(() -> {
                    put("beside" + made);
                    world.call(images.get, input);
                }))
                .isEqualTo(14 + 1);
    }

    @Test
    void a_layer_is_read() {
        var input = new ReadLayer.Input(null, APP, Layers.sha256(LAYER));

        assertThat(statements(() -> world.call(Law.OCI, layers.read, input))).isZero();
        assertThat(statements(() -> {
                    put("beside" + made);
                    world.call(Law.OCI, layers.read, input);
                }))
                .isEqualTo(14 + 1);
    }

    @Test
    void a_layer_is_pushed_in_one_part() {
        assertThat(statements(() -> layers.push(APP, ("layer " + made++).getBytes(UTF_8))))
                .isEqualTo(34);
    }
}
