package entrepot.store.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.domain.UploadId;
import entrepot.store.StorageFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {

    private static final int RESERVE = 8_000;

    private long usable = 10_000;
    private int looks;

    private final DiskSpace space = new DiskSpace(
            () -> {
                looks++;
                return usable;
            },
            RESERVE);

    @TempDir
    private Path folder;

    private void write(int bytes) throws IOException {
        space.before(bytes);
        usable -= bytes;
    }

    @Test
    void all_but_the_reserve_is_written_and_nothing_of_it() throws IOException {
        for (int i = 0; i < 200; i++) {
            write(10);
        }
        assertThat(usable).isEqualTo(RESERVE);
        assertThatThrownBy(() -> write(1)).isInstanceOf(StorageFullException.class);
        assertThatThrownBy(space::require).isInstanceOf(StorageFullException.class);

        usable += 5;
        space.require();
        assertThatThrownBy(() -> write(6)).isInstanceOf(StorageFullException.class);
        write(5);
    }

    @Test
    void the_disk_is_not_asked_for_every_write() throws IOException {
        usable = 1L << 40;
        for (int i = 0; i < 1_000; i++) {
            write(10);
        }
        assertThat(looks).isLessThan(100);
    }

    @Test
    void a_part_that_meets_the_reserve_leaves_nothing() throws IOException {
        var store = new DiskBlobStore(folder, space);
        var key = UploadId.random(Instant.EPOCH).blobKey();
        store.create(key);
        store.append(key, Progress.of(0), new Content.Bytes(new byte[100]));
        usable = RESERVE + 1_500;

        assertThatThrownBy(() -> store.append(key, Progress.of(100), new Pieces(3)))
                .isInstanceOf(StorageFullException.class);
        assertThat(store.size(key)).hasValue(100);
        usable = RESERVE;
        assertThatThrownBy(() -> store.create(UploadId.random(Instant.EPOCH).blobKey()))
                .isInstanceOf(StorageFullException.class);
        store.seal(key, Progress.of(100));
        store.delete(key);
    }

    @Test
    void a_real_disk_has_room() throws IOException {
        DiskSpace.of(folder).require();
    }

    /// Of 1,000 bytes each, which it takes from the disk.
    private final class Pieces implements Content {
        private final int count;

        Pieces(int count) {
            this.count = count;
        }

        @Override
        public long length() {
            return -1;
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            for (int i = 0; i < count; i++) {
                target.write(ByteBuffer.allocate(1_000));
                usable -= 1_000;
            }
        }
    }
}
