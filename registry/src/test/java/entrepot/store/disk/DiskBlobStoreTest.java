package entrepot.store.disk;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.UploadId;
import entrepot.store.BlobStoreContract;
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
    void nobody_but_the_owner_may_read_anything() throws IOException {
        open().create(UploadId.random(Instant.now()).blobKey());
        try (var made = Files.walk(folder.resolve("blobs"))) {
            assertThat(made)
                    .allSatisfy(path ->
                            assertThat(Files.getPosixFilePermissions(path)).isSubsetOf(OWNERS));
        }
    }
}
