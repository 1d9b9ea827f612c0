package entrepot.operation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.operation.image.ListImageReferrers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a customer brings to a repository that is encrypted by a key lies nowhere as it came. The same search finds it
/// in one that is not, so it can fail.
class EncryptionAtRestTest {

    /// Where a customer writes what nobody else does.
    private enum Marker {
        LAYER,
        CONFIG,
        ANNOTATION,
        LATER_PIECE_OF_A_LONG_MANIFEST,
        ANNOTATION_OF_A_REFERRER;

        boolean isInRows() {
            return this != LAYER && this != CONFIG;
        }

        String text() {
            return "a-marker-in-the-" + name();
        }
    }

    private static final byte[] LAYER = Marker.LAYER.text().repeat(10_000).getBytes(UTF_8);
    private static final byte[] CONFIG =
            "{\"os\":\"%s\"}".formatted(Marker.CONFIG.text()).getBytes(UTF_8);
    private static final String LONG =
            "x".repeat(100_000) + Marker.LATER_PIECE_OF_A_LONG_MANIFEST.text().repeat(1000);

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

        assertThat(found())
                .containsOnlyKeys(Marker.values())
                .allSatisfy((marker, files) ->
                        assertThat(files.contains("metadata.db-wal")).isEqualTo(marker.isInRows()));

        world.close();

        assertThat(found()).containsOnlyKeys(Marker.values());
    }

    @Test
    void nothing_of_an_upload_is_found_that_goes_on_or_broke_off() {
        world.createEncrypted(World.APP);
        upload();

        assertThat(found()).isEmpty();
        world.close();
    }

    @Test
    void all_of_an_upload_is_found_where_the_storage_alone_encrypts() {
        world.create(World.APP);
        upload();

        assertThat(found()).containsOnlyKeys(Marker.LAYER, Marker.CONFIG);
        world.close();
    }

    private void upload() {
        var upload = layers.begin(World.APP);
        layers.append(World.APP, upload, new Content.Bytes(LAYER));
        layers.append(World.APP, upload, new Content.Bytes(CONFIG));
    }

    /// An image, a long one, and one about the first, each with what is the customer's own.
    private void push() {
        var images = Images.into(world, World.APP);
        var layer = layers.push(World.APP, LAYER);
        layers.push(World.APP, CONFIG);
        var image = configured(Images.image(Marker.ANNOTATION.text(), layer, LAYER.length));
        var subject = images.put(World.APP, image, "latest");
        images.put(World.APP, Images.image(LONG), "long");
        images.put(World.APP, Images.about(subject, Marker.ANNOTATION_OF_A_REFERRER.text(), ""), null);

        assertThat(layers.bytes(World.APP, layer)).isEqualTo(LAYER);
        assertThat(images.get(World.APP, Images.byTag("latest"))
                        .images()
                        .getFirst()
                        .imageManifest())
                .isEqualTo(image);
        assertThat(note(subject)).contains(Marker.ANNOTATION_OF_A_REFERRER.text());
    }

    private static ManifestBytes configured(ManifestBytes image) {
        return ManifestBytes.ofText(image.text()
                .replace(
                        Layers.sha256(Images.CONFIG).toString(),
                        Layers.sha256(CONFIG).toString())
                .replace("\"size\":%d}".formatted(Images.CONFIG.length), "\"size\":%d}".formatted(CONFIG.length)));
    }

    private String note(Digest subject) {
        var input = new ListImageReferrers.Input(
                null, World.APP, new ListImageReferrers.SubjectId(subject), null, null, null);
        return String.valueOf(world.call(world.the(ListImageReferrers.class), input)
                .referrers()
                .getFirst()
                .annotations());
    }

    /// The markers that lie under the data folder, and the names of the files that have them.
    private Map<Marker, List<String>> found() {
        var found = new EnumMap<Marker, List<String>>(Marker.class);
        for (var marker : Marker.values()) {
            var files = filesWith(marker);
            if (!files.isEmpty()) {
                found.put(marker, files);
            }
        }
        return found;
    }

    private List<String> filesWith(Marker marker) {
        try (var files = Files.walk(data)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> read(file).contains(marker.text()))
                    .map(file -> file.getFileName().toString())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
