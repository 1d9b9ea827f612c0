package entrepot.operation.layer;

import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.isTaken;
import static entrepot.operation.World.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Content;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.operation.Layers;
import entrepot.operation.Together;
import entrepot.operation.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A principal has so many bytes open, in however many uploads.
class OpenBytesTest {

    private static final String FULL = "LimitExceededException: The maximum allowed number of bytes in open uploads,"
            + " which is '100', is reached. Complete some, or wait until they expire";

    @AutoClose
    private final World world = World.withApp(new Limits(
            new Limits.OfRegistry(9, 9, 9),
            new Limits.OfImage(9, 9),
            new Limits.OfLayer(999, 1_000),
            new Limits.OfPrincipal(99, 100),
            999));

    private final Layers layers = new Layers(world);

    @ParameterizedTest
    @EnumSource
    void no_more_than_they_may_in_all_uploads_together(Law law) {
        var first = layers.begin(APP);
        var second = layers.begin(APP);
        layers.part(law, APP, first, 0, new byte[60]);

        assertThat(refusal(() -> layers.part(law, APP, second, 0, new byte[41])))
                .isEqualTo(FULL);
        layers.part(law, APP, second, 0, new byte[40]);
        assertThat(refusal(() -> layers.part(law, APP, second, 40, new byte[1])))
                .isEqualTo(FULL);
        assertThat(refusal(() -> layers.append(APP, first, new Streamed(new Content.Bytes(new byte[1])))))
                .isEqualTo(FULL);
        var last = new CompleteLayerUpload.LastPart(null, null, new Content.Bytes(new byte[1]));
        var finish = new CompleteLayerUpload.Input(null, APP, first, Collections.emptyList(), last);
        assertThat(refusal(() -> world.call(Law.OCI, layers.complete, finish))).isEqualTo(FULL);
    }

    @Test
    void what_is_completed_or_cancelled_is_not_open() {
        var first = layers.begin(APP);
        var second = layers.begin(APP);
        layers.part(APP, first, 0, new byte[60]);
        layers.part(APP, second, 0, new byte[40]);

        layers.complete(Law.ECR, APP, first, sha256(new byte[60]));
        layers.append(APP, second, new Content.Bytes(new byte[60]));
        assertThat(refusal(() -> layers.append(APP, second, new Content.Bytes(new byte[1]))))
                .isEqualTo(FULL);
        world.call(layers.cancel, new CancelLayerUpload.Input(null, APP, second));
        layers.append(APP, layers.begin(APP), new Content.Bytes(new byte[100]));
    }

    @Test
    void they_are_counted_by_the_rows_after_a_restart() {
        layers.part(APP, layers.begin(APP), 0, new byte[60]);
        var after = new Layers(world);

        assertThat(refusal(() -> after.part(APP, after.begin(APP), 0, new byte[41])))
                .isEqualTo(FULL);
        after.part(APP, after.begin(APP), 0, new byte[40]);
    }

    @Test
    void what_broke_off_counts_as_far_as_it_came_and_what_is_refused_does_not() {
        var upload = layers.begin(APP);
        assertThatThrownBy(() -> layers.append(APP, upload, new BreaksOff("x".repeat(60))))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(refusal(() -> layers.append(APP, upload, new Streamed(new Content.Bytes(new byte[41])))))
                .isEqualTo(FULL);

        layers.append(APP, upload, new Content.Bytes(new byte[40]));
    }

    @Test
    void those_on_their_way_at_one_moment_are_counted_together() throws IOException {
        var uploads = Collections.nCopies(16, APP).stream().map(layers::begin).toList();

        var taken = Together.call(
                16,
                i -> () -> isTaken(
                        () -> layers.append(APP, uploads.get(i), new Streamed(new Content.Bytes(new byte[30])))));

        assertThat(Collections.frequency(taken, true)).isBetween(1, 3);
        long open = world.metadata.read(
                tx -> tx.uploads().openBytes(world.root.principal().arn()));
        assertThat(open).isEqualTo(30L * Collections.frequency(taken, true));
    }
}
