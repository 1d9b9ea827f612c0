package entrepot.operation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.operation.image.ListImageReferrers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a customer brings to a repository that is encrypted by a key lies nowhere as it came. The same search finds it
/// in one that is not, so it can fail.
class EncryptionAtRestTest {

    private static final String MARKER = "a-marker-that-nobody-else-writes";
    private static final byte[] LAYER = ("layer " + MARKER).repeat(10_000).getBytes(UTF_8);

    @TempDir
    private Path data;

    private World world;
    private Layers layers;

    @BeforeEach
    void open() {
        world = World.in(data);
        layers = new Layers(world);
    }

    @Test
    void nothing_that_was_pushed_is_found() {
        world.createEncrypted(World.APP);
        push();
        assertThat(found()).isEmpty();

        world.close();

        assertThat(found()).isEmpty();
    }

    @Test
    void all_of_it_is_found_where_the_storage_alone_encrypts() {
        world.create(World.APP);
        push();

        assertThat(found()).hasSizeGreaterThan(2).contains("metadata.db-wal");
        world.close();
    }

    @Test
    void nothing_of_an_upload_is_found_that_goes_on_or_broke_off() {
        world.createEncrypted(World.APP);
        var upload = layers.begin(World.APP);
        layers.append(World.APP, upload, new Content.Bytes(LAYER));
        layers.append(World.APP, upload, new Content.Bytes(MARKER.getBytes(UTF_8)));

        assertThat(found()).isEmpty();
        world.close();
    }

    /// A layer, and an image whose config and annotations are the customer's own, about another one.
    private void push() {
        var images = Images.into(world, World.APP);
        var layer = layers.push(World.APP, LAYER);
        layers.push(World.APP, MARKER.getBytes(UTF_8));
        var subject = images.put(World.APP, Images.image(MARKER, layer, LAYER.length), "latest");
        images.put(World.APP, Images.about(subject, MARKER, ""), null);

        assertThat(layers.bytes(World.APP, layer)).isEqualTo(LAYER);
        assertThat(images.get(World.APP, Images.byTag("latest"))
                        .images()
                        .getFirst()
                        .imageManifest()
                        .length())
                .isPositive();
        assertThat(note(subject)).contains(MARKER);
    }

    private String note(Digest subject) {
        var input = new ListImageReferrers.Input(
                null, World.APP, new ListImageReferrers.SubjectId(subject), null, null, null);
        return String.valueOf(world.call(world.the(ListImageReferrers.class), input)
                .referrers()
                .getFirst()
                .annotations());
    }

    /// The names of the files that have the marker.
    private List<String> found() {
        try (var files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .filter(EncryptionAtRestTest::hasMarker)
                    .map(file -> file.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasMarker(Path file) {
        try {
            return Files.readString(file, ISO_8859_1).contains(MARKER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
