package entrepot.cli;

import static entrepot.transfer.Images.bytes;
import static entrepot.transfer.Images.digest;
import static entrepot.transfer.Images.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Content;
import entrepot.domain.Descriptor;
import entrepot.store.TestStores;
import entrepot.transfer.FolderSources;
import entrepot.transfer.Images;
import entrepot.transfer.Source;
import entrepot.transfer.SourceRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folder of a distribution registry that lies in a bucket, read as one on this machine.
class BucketFilesTest {

    @TempDir
    Path folder;

    private static BucketFiles stored(Path root) throws IOException {
        return new BucketFiles(TestStores.filesInBucket(root));
    }

    private static List<String> names(Source source) throws IOException {
        return source.repositories().stream().map(SourceRepository::name).toList();
    }

    private static byte[] read(Content content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        content.writeTo(Channels.newChannel(bytes));
        return bytes.toByteArray();
    }

    @Test
    void has_the_repositories_roots_manifests_and_layers_that_the_folder_has() throws IOException {
        var root = folder.resolve("from");
        var layer = "layer".repeat(50_000);
        Images.lay(root, "a/b", "v1", image(layer, ""), layer);
        Images.lay(root, "a/b", "", image("untagged", ""), "untagged");
        Images.lay(root, "a", "v2", image(layer, ""), layer);

        try (var bucket = FolderSources.distribution(stored(root));
                var here = FolderSources.distribution(root)) {
            assertThat(names(bucket)).containsExactly("a", "a/b").isEqualTo(names(here));
            for (int i = 0; i < 2; i++) {
                var there = bucket.repositories().get(i);
                var same = here.repositories().get(i);
                assertThat(there.roots()).isNotEmpty().isEqualTo(same.roots());
                for (var each : there.roots()) {
                    var digest = Objects.requireNonNull(each.digest());
                    assertThat(there.manifest(digest)).isEqualTo(same.manifest(digest));
                }
            }
            var blob = bucket.repositories().getFirst().blob(of(layer));
            assertThat(blob.length()).isEqualTo(layer.length());
            assertThat(read(blob)).isEqualTo(bytes(layer));
        }
    }

    private static Descriptor of(String layer) {
        return new Descriptor("text/plain", digest(bytes(layer)), layer.length(), false);
    }

    @Test
    void what_is_not_there_is_told_and_what_is_too_long_is_not_read() throws IOException {
        Files.writeString(folder.resolve("file"), "0123456789");
        try (var files = stored(folder)) {
            assertThat(files.has("file")).isTrue();
            assertThat(files.has("fil")).isFalse();
            assertThat(files.names("nowhere")).isEmpty();
            assertThat(files.bytes("file", 10)).hasSize(10);
            assertThatThrownBy(() -> files.bytes("file", 9)).hasMessageContaining("more than 9 bytes");
            assertThatThrownBy(() -> files.content("none")).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void a_bucket_without_a_registry_is_refused() throws IOException {
        try (var files = stored(folder)) {
            assertThatThrownBy(() -> FolderSources.distribution(files)).hasMessageContaining("is empty, or not there");
        }
    }
}
