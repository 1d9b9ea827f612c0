package entrepot.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.domain.UploadId;
import entrepot.sealing.SealedBlobs;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How often S3 is asked, and for what. Each request is money and milliseconds.
class RequestsTest {

    private static final int MIB = 1 << 20;

    @AutoClose
    private final MetadataStore metadata = TestStores.metadata();

    @TempDir
    Path spool;

    private final List<String> requests = new ArrayList<>();
    private final BlobKey key = UploadId.random(Instant.now()).blobKey();
    private BlobStore store;
    private Progress progress = Progress.NONE;

    @BeforeEach
    void open() {
        store = TestS3.store(TestS3.place(), metadata, spool, (kind, _, _) -> requests.add(kind));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50_000, 100_000, MIB, 8 * MIB})
    void a_blob_that_comes_in_one_piece_is_one_request_and_one_more_brings_it_out(int length) throws IOException {
        append(bytes(length));
        seal();
        assertThat(requests).containsExactly("PutObject");

        read(length);
        assertThat(requests).containsExactly("PutObject", "GetObject");
    }

    @Test
    void the_same_of_one_whose_length_is_not_known_before() throws IOException {
        append(new Unmeasured(bytes(8 * MIB)));
        seal();

        assertThat(requests).containsExactly("PutObject");
    }

    @Test
    void a_larger_one_comes_in_parts() throws IOException {
        append(bytes(20 * MIB));
        seal();

        assertThat(requests)
                .containsExactly("CreateMultipartUpload", "UploadPart", "UploadPart", "CompleteMultipartUpload");
        read(20 * MIB);
        assertThat(requests).hasSize(5);
    }

    /// As clients of the JSON API do, and in the size that ECR tells them.
    @Test
    void parts_of_ten_mebibytes_are_parts_there_too() throws IOException {
        for (int i = 0; i < 3; i++) {
            append(bytes(10 * MIB));
        }
        seal();

        assertThat(requests)
                .containsExactly(
                        "CreateMultipartUpload", "UploadPart", "UploadPart", "UploadPart", "CompleteMultipartUpload");
    }

    @Test
    void small_steps_are_gathered() throws IOException {
        var steps = 400;
        for (int i = 0; i < steps; i++) {
            append(bytes(50_000));
        }
        seal();

        assertThat(requests).hasSizeLessThan(steps / 2);
        assertThat(requests).hasSize(5);
        read(steps * 50_000);
    }

    @Test
    void a_first_step_that_is_an_object_is_read_back_once() throws IOException {
        for (int i = 0; i < 12; i++) {
            append(bytes(MIB));
        }
        seal();

        assertThat(requests)
                .containsExactly(
                        "PutObject",
                        "CreateMultipartUpload",
                        "GetObject",
                        "UploadPart",
                        "UploadPart",
                        "CompleteMultipartUpload");
        read(12 * MIB);
    }

    @Test
    void sealed_bytes_are_no_more_requests_out() throws IOException {
        store = new SealedBlobs(store, () -> new byte[32]);
        append(bytes(8 * MIB - 10_000));
        seal();
        requests.clear();

        read(8 * MIB - 10_000);
        assertThat(requests).containsExactly("GetObject");
    }

    @Test
    void many_blobs_are_deleted_by_one_request() throws IOException {
        var keys = new ArrayList<BlobKey>();
        for (int i = 0; i < 20; i++) {
            keys.add(UploadId.random(Instant.now()).blobKey());
            store.seal(keys.getLast(), store.append(keys.getLast(), Progress.NONE, bytes(10)));
        }
        requests.clear();

        assertThat(store.deleteAll(keys)).isEmpty();
        assertThat(requests).containsExactly("DeleteObjects");
        try (var left = store.keys()) {
            assertThat(left).isEmpty();
        }
    }

    private void append(Content bytes) throws IOException {
        progress = store.append(key, progress, bytes);
    }

    private void seal() throws IOException {
        store.seal(key, progress);
    }

    private void read(int length) throws IOException {
        var read = new ByteArrayOutputStream();
        store.open(key, length, 0, length).writeTo(Channels.newChannel(read));
        assertThat(read.size()).isEqualTo(length);
    }

    private static Content bytes(int length) {
        return new Content.Bytes(new byte[length]);
    }

    private record Unmeasured(Content bytes) implements Content {
        @Override
        public long length() {
            return -1;
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            bytes.writeTo(target);
        }
    }
}
