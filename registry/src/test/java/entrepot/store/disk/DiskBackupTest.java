package entrepot.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.store.BackupPlaceContract;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class DiskBackupTest extends BackupPlaceContract {

    @Override
    protected DiskBackup open() throws IOException {
        return DiskBackup.own(folder.resolve("place"));
    }

    @Test
    void who_writes_is_alone_and_who_reads_is_not() throws IOException {
        var path = folder.resolve("other");
        try (var _ = DiskBackup.own(path)) {
            assertThatThrownBy(() -> DiskBackup.own(path).close()).hasMessageContaining("is in use by another");
            assertThatThrownBy(() -> DiskBackup.read(path).close()).hasMessageContaining("is in use by another");
        }
        try (var _ = DiskBackup.read(path)) {
            assertThatThrownBy(() -> DiskBackup.own(path).close()).hasMessageContaining("is in use by another");
        }
        DiskBackup.own(path).close();
    }

    @Test
    void what_was_on_its_way_is_gone_with_the_next() throws IOException {
        var path = folder.resolve("other");
        var half = Files.createDirectories(path.resolve("arriving/blobs/ab"));
        Files.createFile(path.resolve("lock"));
        Files.writeString(half.resolve("half"), "half");

        try (var place = DiskBackup.own(path)) {
            assertThat(place.work()).isEmptyDirectory();
        }
        assertThat(path.resolve("arriving")).doesNotExist();
    }
}
