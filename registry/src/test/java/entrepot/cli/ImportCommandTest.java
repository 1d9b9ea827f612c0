package entrepot.cli;

import static entrepot.transfer.Images.bytes;
import static entrepot.transfer.Images.digest;
import static entrepot.transfer.Images.image;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.transfer.Images;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ImportCommandTest {

    @TempDir
    Path directory;

    private int run(String... arguments) {
        return Entrepot.run(arguments);
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private String from() throws IOException {
        Images.lay(directory.resolve("from"), "app", "v1", image("layer", ""), "layer");
        return "distribution:" + directory.resolve("from");
    }

    private String exported(String what) throws IOException {
        var layout = directory.resolve("layout");
        assertThat(run("export", what, "--to", "oci:" + layout, "--data", data()))
                .isZero();
        return Files.readString(layout.resolve("index.json"));
    }

    @Test
    void works_without_a_server_and_beside_one() throws Exception {
        assertThat(run("import", "--from", from(), "--to", "alone/", "--data", data()))
                .isZero();
        try (var server = ServeProcess.start(directory, Map.of())) {
            server.awaitReady();
            assertThat(run("import", "--from", from(), "--to", "beside", "--data", data()))
                    .isZero();
            assertThat(exported("alone/app:v1"))
                    .contains(digest(bytes(image("layer", ""))).toString(), "\"v1\"");
        }
        assertThat(exported("beside/app")).contains("\"v1\"");
        assertThat(run("export", "beside/none", "--to", "oci:" + directory.resolve("x"), "--data", data()))
                .isEqualTo(1);
    }

    @Test
    void tells_by_its_status_that_an_image_failed() throws Exception {
        var from = from();
        Files.writeString(Images.file(directory.resolve("from"), digest(bytes("layer"))), "LAYER");
        assertThat(run("import", "--from", from, "--to", "imp", "--data", data()))
                .isEqualTo(1);
    }

    @Test
    void refuses_what_makes_no_sense_before_it_does_anything() {
        assertThat(run("import", "--data", data())).isEqualTo(2);
        assertThat(run("import", "--from", "oci:x", "--data", data())).isEqualTo(2);
        assertThat(run("import", "--from", "ftp://x", "--data", data())).isEqualTo(2);
        assertThat(run("import", "--from", "distribution:s3://b", "--data", data()))
                .isEqualTo(2);
        assertThat(run("import", "--from", "zot:x", "--concurrency", "0", "--data", data()))
                .isEqualTo(2);
        assertThat(run("import", "--from", "zot:nowhere", "--data", data())).isEqualTo(1);
        assertThat(run("export", "app", "--to", "layout", "--data", data())).isEqualTo(2);
        assertThat(run("export", "app:", "--to", "oci:x", "--data", data())).isEqualTo(2);
        assertThat(run("export", "app", "--to", "oci:x", "--data", data())).isEqualTo(1);
        assertThat(Path.of(data())).doesNotExist();
    }
}
