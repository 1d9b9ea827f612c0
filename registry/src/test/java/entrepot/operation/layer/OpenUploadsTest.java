package entrepot.operation.layer;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.UploadId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OpenUploadsTest {

    private final OpenUploads uploads = new OpenUploads();

    private static UploadId id() {
        return UploadId.random(Instant.EPOCH);
    }

    @Test
    void no_more_than_ten_thousand_are_remembered_while_the_eldest_is_slow() {
        var slow = id();
        try (var _ = uploads.hold(slow)) {
            for (int i = 0; i < 10_500; i++) {
                uploads.hold(id()).close();
            }
        }
        assertThat(uploads.size()).isEqualTo(10_000);
    }
}
