package entrepot.operation.layer;

import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Content;
import entrepot.domain.Law;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.store.TestStores;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {

    private static final String FULL =
            "ServerException: There is no space left to store the request. Nothing of it was kept.";

    @TempDir
    private Path folder;

    @Test
    void a_full_disk_takes_nothing_that_was_acknowledged_and_the_upload_goes_on_later() throws IOException {
        var disk = new FillingDisk(TestStores.blobsIn(folder));
        try (var world = World.withApp(disk)) {
            var layers = new Layers(world);
            var upload = layers.begin(APP);
            layers.append(APP, upload, text("hello "));

            disk.leave(3);
            assertThat(refusal(() -> layers.append(APP, upload, text("world")))).isEqualTo(FULL);
            assertThat(refusal(() -> layers.part(APP, upload, 6, "x".getBytes(UTF_8))))
                    .isEqualTo(FULL);
            assertThat(layers.received(APP, upload)).isEqualTo(6);

            disk.leave(100);
            layers.append(APP, upload, text("and good bye"));
            var whole = "hello and good bye".getBytes(UTF_8);
            layers.complete(Law.OCI, APP, upload, sha256(whole));
            assertThat(layers.bytes(APP, sha256(whole))).isEqualTo(whole);
        }
    }

    @Test
    void bytes_that_found_no_room_are_not_hashed_into_what_follows() throws IOException {
        var disk = new FillingDisk(TestStores.blobsIn(folder));
        try (var world = World.withApp(disk)) {
            var layers = new Layers(world);
            var upload = layers.begin(APP);
            layers.append(APP, upload, text("a"));
            disk.leave(3);
            assertThat(refusal(() -> layers.append(APP, upload, text("AAA and more"))))
                    .isEqualTo(FULL);
            disk.leave(100);

            layers.append(APP, upload, text("BBB"));

            assertThat(refusal(() -> layers.complete(Law.OCI, APP, upload, sha256("aAAA".getBytes(UTF_8)))))
                    .startsWith("InvalidLayerException: ");
            var true256 = sha256("aBBB".getBytes(UTF_8));
            assertThat(layers.complete(Law.OCI, APP, upload, true256)).isEqualTo(true256);
        }
    }

    private static Content text(String text) {
        return new Content.Bytes(text.getBytes(UTF_8));
    }
}
