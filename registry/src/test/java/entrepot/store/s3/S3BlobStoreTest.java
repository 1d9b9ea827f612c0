package entrepot.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.domain.UploadId;
import entrepot.store.BlobStoreContract;
import entrepot.store.MetadataStore;
import entrepot.store.NoSuchBlobException;
import entrepot.store.TestStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3BlobStoreTest extends BlobStoreContract {

    private static final int MIB = 1 << 20;

    @AutoClose
    private final MetadataStore metadata = TestStores.metadata();

    @TempDir
    Path spool;

    private final S3Place place = TestS3.place();
    private final List<String> requests = new ArrayList<>();
    private final BlobKey key = UploadId.random(Instant.now()).blobKey();

    @Override
    protected S3BlobStore open() {
        return TestS3.store(place, metadata, spool, (kind, outcome, _) -> requests.add(kind + " " + outcome));
    }

    @Test
    void parts_that_were_made_one_blob_may_be_so_again() throws IOException {
        var progress = open().append(key, Progress.NONE, bytes(9 * MIB + 100));
        open().seal(key, progress);
        open().seal(key, progress);

        assertThat(open().size(key)).hasValue(9 * MIB + 100);
        assertThat(metadata.<List<?>>read(tx -> tx.pieces().of(key))).isEmpty();
    }

    @Test
    void a_blob_that_was_sealed_cannot_be_gone_on_with() throws IOException {
        var progress = open().append(key, Progress.NONE, bytes(9 * MIB));
        open().seal(key, progress);

        requests.clear();
        assertThatThrownBy(() -> open().append(key, progress, bytes(9 * MIB))).isInstanceOf(NoSuchBlobException.class);
        assertThat(requests).isEmpty();
        assertThat(open().size(key)).hasValue(9 * MIB);
    }

    @Test
    void what_came_too_late_is_no_part_of_a_blob() throws IOException {
        var begun = open().append(key, Progress.NONE, bytes(100));
        var counts = open().append(key, begun, bytes(200));
        var late = open().append(key, begun, bytes(300));
        open().seal(key, counts);

        assertThat(late.length()).isEqualTo(400);
        assertThat(open().size(key)).hasValue(300);
    }

    @Test
    void where_a_part_broke_off_its_sender_may_begin_it_anew() throws IOException {
        var before = open().append(key, Progress.NONE, bytes(1000));
        open().append(key, before, bytes(20 * MIB));

        var again = open().append(key, before, bytes(9 * MIB));
        open().seal(key, again);
        assertThat(open().size(key)).hasValue(1000 + 9 * MIB);
    }

    @Test
    void what_is_deleted_leaves_no_parts_and_no_rows() throws IOException {
        open().append(key, open().append(key, Progress.NONE, bytes(9 * MIB)), bytes(10));
        open().delete(key);

        assertThat(metadata.<List<?>>read(tx -> tx.pieces().of(key))).isEmpty();
        assertThat(requests).endsWith("AbortMultipartUpload ok", "DeleteObjects ok");
    }

    @Test
    void parts_that_nobody_wants_are_ended_when_they_are_old() throws IOException {
        var progress = open().append(key, Progress.NONE, bytes(9 * MIB));
        open().endUnfinished(Instant.now().minusSeconds(3600), _ -> false);
        open().endUnfinished(Instant.now().plusSeconds(3600), key::equals);
        assertThat(requests).doesNotContain("AbortMultipartUpload ok");

        open().endUnfinished(Instant.now().plusSeconds(3600), _ -> false);
        assertThat(requests).contains("AbortMultipartUpload ok");
        assertThatThrownBy(() -> open().seal(key, progress)).isInstanceOf(NoSuchBlobException.class);
    }

    @Test
    void parts_of_others_in_the_bucket_stay() throws IOException {
        var other = TestS3.store(TestS3.place(), metadata, spool, (_, _, _) -> {});
        var progress = other.append(key, Progress.NONE, bytes(9 * MIB));

        open().endUnfinished(Instant.now().plusSeconds(3600), _ -> false);
        assertThat(requests)
                .contains("ListMultipartUploads ok")
                .noneMatch(request -> request.startsWith("AbortMultipartUpload"));
        other.seal(key, progress);
        assertThat(other.size(key)).hasValue(9 * MIB);
    }

    @Test
    void rows_of_bytes_that_are_in_parts_do_not_stay() throws IOException {
        var progress = Progress.NONE;
        for (int i = 0; i < 30; i++) {
            progress = open().append(key, progress, bytes(MIB));
        }

        assertThat(metadata.read(tx -> tx.pieces().of(key)).stream()
                        .filter(piece -> piece.number() == 0)
                        .mapToLong(piece -> piece.length())
                        .sum())
                .isLessThan(17 * MIB);
    }

    @Test
    void nothing_stays_in_the_folder_for_bytes_on_their_way() throws IOException {
        open().append(key, Progress.NONE, bytes(9 * MIB));

        try (var files = Files.list(spool)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void parts_grow_so_that_ten_thousand_hold_the_largest_object() {
        assertThat(PartSizes.of(1_000)).isEqualTo(8L << 20);
        assertThat(PartSizes.of(1_001)).isEqualTo(16L << 20);
        assertThat(PartSizes.of(2_001)).isEqualTo(64L << 20);
        long sum = 0;
        for (int number = 1; number <= 10_000; number++) {
            sum += PartSizes.of(number);
        }
        assertThat(sum).isGreaterThan(4L << 40);
    }

    private static Content bytes(int length) {
        return new Content.Bytes(new byte[length]);
    }
}
