package entrepot.transfer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerArchiveTest {

    private static final String ENTRY =
            "[{\"Config\": \"c.json\", \"RepoTags\": %s, \"Layers\": [\"a.tar\", \"b/layer.tar\"]}]";

    @TempDir
    Path folder;

    private Path archive(String index) throws IOException {
        var file = folder.resolve("image.tar");
        try (var tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            put(tar, "c.json", "{}".getBytes(UTF_8));
            var link = new TarArchiveEntry("b/layer.tar", TarConstants.LF_SYMLINK);
            link.setLinkName("../l.tar");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
            put(tar, "a.tar", "first layer".repeat(1_000).getBytes(UTF_8));
            put(tar, "l.tar", zipped("second layer"));
            put(tar, "manifest.json", index.getBytes(UTF_8));
        }
        return file;
    }

    private static void put(TarArchiveOutputStream tar, String name, byte[] bytes) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static byte[] zipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private SourceRepository read(String index) throws IOException {
        return DockerArchive.source(archive(index)).repositories().getFirst();
    }

    @Test
    void its_layers_are_the_archive_s_as_they_are() throws Exception {
        var image = read(ENTRY.formatted("[\"localhost:5000/app:v1\", \"app:latest\"]"));

        assertThat(image.roots()).extracting(root -> String.valueOf(root.tag())).containsExactly("v1", "latest");
        var manifest =
                Manifests.understood(image.manifest(image.roots().getFirst().reference()));
        assertThat(manifest.blobs())
                .extracting(blob -> blob.mediaType().replaceFirst(".*\\.v1", ""))
                .containsExactlyInAnyOrder("+json", ".tar", ".tar+gzip");
        for (var blob : manifest.blobs()) {
            var bytes = new ByteArrayOutputStream();
            image.blob(blob).writeTo(Channels.newChannel(bytes));
            assertThat(Images.digest(bytes.toByteArray())).isEqualTo(blob.digest());
            assertThat(bytes.size()).isEqualTo(blob.size());
        }
    }

    @Test
    void without_tags_an_image_is_there_by_digest() throws Exception {
        var roots = read(ENTRY.formatted("null")).roots();

        assertThat(roots)
                .singleElement()
                .satisfies(root -> assertThat(root.tag()).isNull());
        assertThat(roots).isEqualTo(read(ENTRY.formatted("[]")).roots());
    }

    @Test
    void what_is_no_such_archive_is_refused() throws Exception {
        assertThatThrownBy(() -> read("{}")).isInstanceOf(IOException.class).hasMessage("it is no JSON array");
        assertThatThrownBy(() -> read("[{\"Config\": \"other.json\"}]")).hasMessageContaining("other.json");

        var zipped = Files.write(
                folder.resolve("zipped"), zipped(Files.readString(folder.resolve("image.tar"), ISO_8859_1)));
        assertThatThrownBy(() -> DockerArchive.source(zipped)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> DockerArchive.source(Files.createFile(folder.resolve("empty"))))
                .hasMessageContaining("no archive of docker save");
    }
}
