package entrepot.scan;

import static entrepot.operation.Images.byTag;
import static entrepot.operation.World.refusal;
import static entrepot.scan.StandInScanner.components;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.ManifestBytes;
import entrepot.operation.Images;
import entrepot.operation.Layers;
import entrepot.operation.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Images, scanners and databases that are not as they should be: each ends one scan, in words, and the next one is
/// made.
@Timeout(120)
class BadScansTest {

    private static final String LAYER_TYPE = "application/vnd.oci.image.layer.v1.tar+gzip";

    @TempDir
    Path folder;

    @AutoClose
    private ScannedWorld scanned;

    @BeforeEach
    void open() throws IOException, SQLException {
        scanned = new ScannedWorld(folder);
    }

    private String scan(String tag, Duration timeout) throws IOException {
        scanned.start(byTag(tag));
        scanned.run(timeout);
        assertThat(scanned.scans()).isEmptyDirectory();
        return scanned.status(byTag(tag));
    }

    private String scan(String tag) throws IOException {
        return scan(tag, Duration.ofSeconds(60));
    }

    private void assertNextIsMade() throws IOException {
        scanned.scanner.works();
        scanned.push("next");
        assertThat(scan("next")).startsWith("COMPLETE");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " -> ", textBlock = """
        echo '[]' -> The scanner's report cannot be read
        echo '{"Results": []}' -> The scanner's report cannot be read
        echo '{"bomFormat": ' -> The scanner's report cannot be read
        echo '<xml/>' -> The scanner's report cannot be read
        true -> The scanner's report cannot be read
        sleep 60 -> The scanner took longer than 2 s
        head -c 300000000 /dev/zero -> The scanner's report is larger than 268435456 bytes
        kill -11 $$; exit 139 -> The scanner ended with status 139
        """)
    void a_scanner_that_does_what_it_likes(String program, String why) throws IOException {
        scanned.scanner.program(program);
        scanned.push("v1");

        assertThat(scan("v1", Duration.ofSeconds(why.endsWith("2 s") ? 2 : 60))).isEqualTo("FAILED: " + why);
        assertNextIsMade();
    }

    @Test
    void a_database_that_is_broken() throws IOException {
        Files.writeString(
                scanned.scanner.database().resolve("6").resolve("vulnerability.db"), "no database".repeat(999));
        scanned.push("v1");

        assertThat(scan("v1")).isEqualTo("FAILED: The vulnerability database cannot be read");
    }

    /// Such a layer need not be stored here, and may be elsewhere.
    @Test
    void a_layer_that_is_not_here() throws IOException {
        var foreign = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip";
        var text = Images.image("v1").text().replace(LAYER_TYPE, foreign);
        var absent = "sha256:" + "ab".repeat(32);
        var digest = Layers.sha256(Images.LAYER).toString();
        var manifest = text.replace(digest + "\"", absent + "\",\"urls\":[\"https://example.org/layer\"]");
        scanned.images.put(World.APP, ManifestBytes.ofText(manifest), "v1");

        assertThat(scan("v1")).isEqualTo("FAILED: The image has a layer that is not stored here: " + absent);
        assertNextIsMade();
    }

    @Test
    void layers_of_any_type_are_given_to_the_scanner_as_they_are() throws IOException {
        var text = Images.image("v1").text().replace(LAYER_TYPE, "application/vnd.oci.image.layer.v1.tar+zstd");
        scanned.images.put(World.APP, ManifestBytes.ofText(text), "v1");

        assertThat(scan("v1")).startsWith("COMPLETE");
    }

    @Test
    void what_is_no_image_of_a_system_is_not_scanned() {
        var text = Images.image("v1")
                .text()
                .replace("\"config\":", "\"artifactType\":\"application/x.chart\",\"config\":");
        scanned.images.put(World.APP, ManifestBytes.ofText(text), "v1");

        assertThat(refusal(() -> scanned.start(byTag("v1")))).startsWith("UnsupportedImageTypeException");
    }

    @Test
    void a_system_that_the_database_does_not_know_does_not_look_clean() throws IOException {
        scanned.scanner.lists(components("plan9", "4", 2));
        scanned.push("v1");

        assertThat(scan("v1")).startsWith("UNSUPPORTED_IMAGE: ");
        assertThat(scanned.findings(byTag("v1")).imageScanFindings()).isNull();
    }
}
