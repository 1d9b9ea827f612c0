package entrepot.scan;

import static entrepot.operation.Images.byDigest;
import static entrepot.operation.Images.byTag;
import static entrepot.operation.World.APP;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.ManifestBytes;
import entrepot.operation.image.ListImageReferrers;
import entrepot.operation.image.ListImageReferrers.ImageReferrer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class AttachedComponentsTest {

    private static final String TYPE = "application/vnd.cyclonedx+json";

    @TempDir
    Path folder;

    @AutoClose
    private ScannedWorld scanned;

    @BeforeEach
    void open() throws IOException, SQLException {
        scanned = new ScannedWorld(folder);
        scanned.scanOnPush(APP);
    }

    private List<ImageReferrer> about(Digest image) {
        var input = new ListImageReferrers.Input(null, APP, new ListImageReferrers.SubjectId(image), null, null, null);
        return scanned.world.call(scanned.the(ListImageReferrers.class), input).referrers();
    }

    @Test
    void what_an_image_is_made_of_is_stored_about_it_once() throws IOException {
        scanned.attached = AttachedComponents.with(scanned.world.means);
        var image = scanned.push("v1");
        scanned.run();
        assertThat(scanned.status(byTag("v1"))).startsWith("COMPLETE");
        var list = about(image).getFirst();
        assertThat(about(image))
                .singleElement()
                .satisfies(it -> assertThat(it.artifactType()).isEqualTo(TYPE));

        var manifest = JsonMapper.shared().readTree(manifest(list.digest()).text());
        assertThat(manifest.get("layers").get(0).get("mediaType").asString()).isEqualTo(TYPE);
        assertThat(manifest.get("subject").get("digest").asString()).isEqualTo(image.toString());

        scanned.world.clock.move(java.time.Duration.ofDays(2));
        scanned.start(byTag("v1"));
        scanned.run();
        assertThat(about(image)).containsExactly(list);
    }

    private ManifestBytes manifest(Digest digest) {
        return (ManifestBytes)
                scanned.images.get(APP, byDigest(digest)).images().getFirst().imageManifest();
    }

    @Test
    void nothing_is_stored_where_nobody_asks_for_it() throws IOException {
        var image = scanned.push("v1");
        scanned.run();
        assertThat(about(image)).isEmpty();
    }
}
