package entrepot.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every place of backups does.
public abstract class BackupPlaceContract {

    private static final BlobKey KEY = new BlobKey("01920000-0000-7000-8000-0000000000ab");

    @TempDir
    protected Path folder;

    private BackupPlace place;

    /// An empty one.
    protected abstract BackupPlace open() throws IOException;

    @BeforeEach
    void open_one() throws IOException {
        place = open();
    }

    @AfterEach
    void close_it() throws IOException {
        place.close();
    }

    private void put(String name, String text) throws IOException {
        place.put(name, Files.writeString(place.work().resolve("text"), text));
    }

    private String read(String name) throws IOException {
        try (var bytes = place.read(name)) {
            return new String(bytes.readAllBytes(), UTF_8);
        }
    }

    @Test
    void files_are_put_replaced_read_and_removed() throws IOException {
        assertThat(place.names()).isEmpty();
        put("mark", "one");
        put("snapshots/a/sums", "two");
        put("snapshots/b/sums", "three");
        put("mark", "four");

        assertThat(place.names()).containsExactlyInAnyOrder("mark", "snapshots/a/sums", "snapshots/b/sums");
        assertThat(read("mark")).isEqualTo("four");
        place.delete("snapshots/a/sums");
        place.delete("snapshots/a/sums");
        assertThat(place.names()).containsExactlyInAnyOrder("mark", "snapshots/b/sums");
        assertThatThrownBy(() -> place.read("snapshots/a/sums").close()).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_blob_is_there_when_it_has_been_published() throws IOException {
        place.arriving().create(KEY);
        var progress = place.arriving().append(KEY, Progress.NONE, new Content.Bytes("bytes".getBytes(UTF_8)));
        place.arriving().seal(KEY, progress);
        place.publish(KEY);

        assertThat(place.blobs().size(KEY)).hasValue(5);
        try (var keys = place.blobs().keys()) {
            assertThat(keys).containsExactly(KEY);
        }
        assertThat(place.names()).containsExactly("blobs/");
        place.blobs().delete(KEY);
        assertThat(place.blobs().size(KEY)).isEmpty();
    }
}
