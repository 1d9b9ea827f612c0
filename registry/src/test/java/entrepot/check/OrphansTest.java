package entrepot.check;

import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.domain.UploadId;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.store.BlobStore;
import entrepot.store.ForwardedBlobs;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Bytes that no row names.
class OrphansTest {

    private static final byte[] BYTES = "a layer".getBytes(UTF_8);
    private static final Duration AGE = Duration.ofHours(24);

    @AutoClose
    private final World world = World.withApp();

    private final Layers layers = new Layers(world);
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void push_a_layer() {
        layers.push(APP, "another layer".getBytes(UTF_8));
    }

    @Test
    void what_layers_uploads_and_discarded_bytes_are_is_no_orphan() throws IOException {
        layers.push(APP, BYTES);
        layers.push(APP, BYTES);
        var open = layers.begin(APP);
        layers.append(APP, open, new Content.Bytes(BYTES));

        assertThat(told(world.blobs)).isZero();
        assertThat(removed(world.blobs, Instant.now().plus(Duration.ofDays(9)))).isZero();

        assertThat(lines).isEmpty();
        layers.append(APP, open, new Content.Bytes(BYTES));
        assertThat(layers.bytes(APP, sha256(BYTES))).isEqualTo(BYTES);
    }

    @Test
    void what_no_row_names_is_told_and_stays() throws IOException {
        var orphan = store(UploadId.random(Instant.now()).blobKey());

        assertThat(told(world.blobs)).isZero();

        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("note: blob %s: no row names it (7 bytes, of ".formatted(orphan));
        assertThat(world.blobs.size(orphan)).hasValue(7);
    }

    @Test
    void it_is_removed_once_its_key_and_its_bytes_are_old() throws IOException {
        var now = Instant.now();
        var orphan = store(UploadId.random(now).blobKey());

        assertThat(removed(world.blobs, now.plus(AGE).minusSeconds(60))).isZero();
        assertThat(lines).singleElement().asString().endsWith("; not old enough to be removed");
        assertThat(world.blobs.size(orphan)).hasValue(7);
        lines.clear();

        assertThat(removed(world.blobs, now.plus(AGE).plusSeconds(60))).isZero();
        assertThat(lines).singleElement().asString().startsWith("note: ").endsWith("; removed");
        assertThat(world.blobs.size(orphan)).isEmpty();
    }

    @Test
    void neither_an_old_key_nor_old_bytes_alone_will_do() throws IOException {
        var now = Instant.now();
        var ofOldKey = store(UploadId.random(now.minus(Duration.ofDays(9))).blobKey());
        var ofNewKey = store(UploadId.random(now.plus(Duration.ofDays(9))).blobKey());

        removed(world.blobs, now.plusSeconds(60));
        removed(world.blobs, now.plus(AGE).plusSeconds(60));
        assertThat(world.blobs.size(ofNewKey)).hasValue(7);
        assertThat(world.blobs.size(ofOldKey)).isEmpty();
    }

    @Test
    void a_key_that_tells_no_time_is_never_old() throws IOException {
        var random = store(new BlobKey("c9e3f8f4-6a2b-4c1d-8f6a-0f4f5a9b7c11"));
        var none = store(new BlobKey("0123456789abcdef0123456789abcdef----"));

        removed(world.blobs, Instant.now().plus(Duration.ofDays(90_000)));

        assertThat(world.blobs.size(random)).hasValue(7);
        assertThat(world.blobs.size(none)).hasValue(7);
        assertThat(lines).hasSize(2);
    }

    @Test
    void what_has_no_blobs_name_is_told_and_never_removed() throws IOException {
        var foreign = new ForwardedBlobs(world.blobs) {
            @Override
            public Stream<Lying> listed() {
                return Stream.of(new Lying("ab/notes.txt", null, 3, Instant.EPOCH));
            }
        };

        assertThat(removed(foreign, Instant.now())).isZero();

        assertThat(lines).containsExactly("note: ab/notes.txt: has no blob's name or place (3 bytes)");
    }

    /// A configuration that has one registry's database and another one's bucket, for one.
    @Test
    void nothing_is_removed_where_none_of_what_rows_name_lies() throws IOException {
        var orphan = store(UploadId.random(Instant.now()).blobKey());
        world.blobs.delete(
                layers.stored(APP, sha256("another layer".getBytes(UTF_8))).key());

        assertThatThrownBy(() -> removed(world.blobs, Instant.now().plus(Duration.ofDays(9))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Nothing is removed");

        assertThat(world.blobs.size(orphan)).hasValue(7);
        assertThat(told(world.blobs)).isZero();
    }

    /// As a push does that runs beside.
    @Test
    void what_comes_or_goes_while_it_is_looked_at_is_not_told() throws IOException {
        var gone = UploadId.random(Instant.now()).blobKey();
        var changing = new ForwardedBlobs(world.blobs) {
            @Override
            public Stream<Lying> listed() throws IOException {
                layers.push(APP, BYTES);
                return Stream.concat(super.listed(), Stream.of(new Lying("gone", gone, 7, Instant.EPOCH)));
            }
        };

        assertThat(told(changing)).isZero();

        assertThat(lines).isEmpty();
    }

    @Test
    void one_that_cannot_be_removed_is_a_problem_and_holds_no_other_back() throws IOException {
        var before = Instant.now().minus(Duration.ofDays(9));
        var stays = store(UploadId.random(before).blobKey());
        var goes = store(UploadId.random(before).blobKey());
        var stubborn = new ForwardedBlobs(world.blobs) {
            @Override
            public void delete(BlobKey key) throws IOException {
                if (key.equals(stays)) {
                    throw new IOException("no right to it");
                }
                super.delete(key);
            }
        };

        assertThat(removed(stubborn, Instant.now().plus(AGE).plusSeconds(60))).isEqualTo(1);

        assertThat(lines)
                .hasSize(2)
                .anySatisfy(line ->
                        assertThat(line).startsWith("blob " + stays).endsWith("could not be removed: no right to it"));
        assertThat(world.blobs.size(goes)).isEmpty();
    }

    private BlobKey store(BlobKey key) throws IOException {
        world.blobs.create(key);
        world.blobs.seal(key, world.blobs.append(key, Progress.NONE, new Content.Bytes(BYTES)));
        return key;
    }

    private long told(BlobStore blobs) throws IOException {
        return Orphans.told(world.metadata, blobs, lines::add).look();
    }

    private long removed(BlobStore blobs, Instant now) throws IOException {
        var repair = new StoredRepair(world.metadata, blobs, AGE);
        return Orphans.removed(world.metadata, blobs, lines::add, repair, now).look();
    }
}
