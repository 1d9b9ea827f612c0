package entrepot.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import entrepot.store.BackupPlaceContract;
import entrepot.store.memory.MemoryPieces;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class S3BackupTest extends BackupPlaceContract {

    @Override
    protected S3Backup open() {
        return S3Backup.at(TestS3.place(), new MemoryPieces());
    }

    @Test
    void a_part_of_a_file_can_be_sent_again() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "0123456789");
        var part = new FilePart(file, 4, 4);

        for (int i = 0; i < 2; i++) {
            try (var bytes = part.newStream()) {
                assertThat(new String(bytes.readAllBytes(), UTF_8)).isEqualTo("4567");
            }
        }
        assertThat(part.length()).isEqualTo(4);
        assertThat(new FilePart(file, 8, 4).length()).isEqualTo(2);
    }
}
