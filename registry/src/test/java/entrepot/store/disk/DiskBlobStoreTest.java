package entrepot.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.domain.UploadId;
import entrepot.store.BlobStore;
import entrepot.store.BlobStoreContract;
import entrepot.store.NoSuchBlobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskBlobStoreTest extends BlobStoreContract {

    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    @TempDir
    Path folder;

    @Override
    protected DiskBlobStore open() throws IOException {
        return new DiskBlobStore(folder);
    }

    @Test
    void a_key_is_made_once() throws IOException {
        var key = UploadId.random(Instant.now()).blobKey();
        open().create(key);

        assertThatThrownBy(() -> open().create(key)).isInstanceOf(IOException.class);
    }

    @Test
    void no_hole_can_be_left() throws IOException {
        var key = UploadId.random(Instant.now()).blobKey();
        open().create(key);

        assertThatThrownBy(() -> open().append(key, Progress.of(5), Content.Bytes.EMPTY))
                .isInstanceOf(NoSuchBlobException.class);
        assertThatThrownBy(() -> open().seal(key, Progress.of(5))).isInstanceOf(NoSuchBlobException.class);
    }

    @Test
    void what_a_power_loss_took_is_not_counted() throws IOException {
        var key = UploadId.random(Instant.now()).blobKey();
        open().create(key);
        var progress = open().append(key, Progress.NONE, new Content.Bytes(new byte[10]));
        open().append(key, Progress.of(4), Content.Bytes.EMPTY);

        assertThat(open().upTo(key, progress, 10)).isEqualTo(Progress.of(4));
    }

    @Test
    void nobody_but_the_owner_may_read_anything() throws IOException {
        open().create(UploadId.random(Instant.now()).blobKey());
        try (var made = Files.walk(folder.resolve("blobs"))) {
            assertThat(made)
                    .allSatisfy(path ->
                            assertThat(Files.getPosixFilePermissions(path)).isSubsetOf(OWNERS));
        }
    }

    @Test
    void what_is_no_blob_or_in_another_place_is_listed_without_a_key() throws IOException {
        var key = UploadId.random(Instant.now()).blobKey();
        open().create(key);
        var blobs = folder.resolve("blobs");
        Files.writeString(blobs.resolve("notes.txt"), "three");
        Files.writeString(blobs.resolve("00").resolve("ab.tmp"), "");
        Files.createDirectory(blobs.resolve("00").resolve("deeper"));
        var elsewhere = key.value().endsWith("00") ? "11" : "00";
        Files.writeString(blobs.resolve(elsewhere).resolve(key.value()), "not here");

        try (var keys = open().keys()) {
            assertThat(keys).containsExactly(key);
        }
        try (var listed = open().listed()) {
            assertThat(listed.filter(lying -> lying.key() == null).map(BlobStore.Lying::name))
                    .containsExactlyInAnyOrder("notes.txt", "00/ab.tmp", "00/deeper", elsewhere + "/" + key.value());
        }
    }
}
