package entrepot.sealing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.domain.RegistryException;
import entrepot.domain.UploadId;
import entrepot.store.BlobStore;
import entrepot.store.BlobStoreContract;
import entrepot.store.StorageFullException;
import entrepot.store.TestStores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sealed blobs are blobs, and what lies below them tells nothing and cannot be changed unseen.
class SealedBlobsTest extends BlobStoreContract {

    private static final int SEGMENT = 64 << 10;
    private static final int SEALED = SEGMENT + 60;

    private final BlobStore below = TestStores.blobs();
    private final BlobKey key = UploadId.random(Instant.now()).blobKey();
    private final SealedBlobs blobs = open();
    private Progress progress = Progress.NONE;

    @Override
    protected SealedBlobs open() {
        return new SealedBlobs(below, () -> filled(32, 7));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 5 * SEGMENT, 5 * SEGMENT + 17})
    void what_was_sealed_is_read_whole_and_in_any_part(int length) throws IOException {
        var bytes = random(length);
        write(bytes);
        seal();

        assertThat(blobs.size(key)).hasValue(length);
        assertThat(read(length, 0, length)).isEqualTo(bytes);
        for (var from : new int[] {0, length / 3, Math.max(0, length - 1)}) {
            assertThat(read(length, from, length - from)).isEqualTo(Arrays.copyOfRange(bytes, from, length));
            assertThat(read(length, from, (length - from) / 2))
                    .isEqualTo(Arrays.copyOfRange(bytes, from, from + (length - from) / 2));
        }
    }

    @Test
    void what_comes_in_any_pieces_is_one_blob() throws IOException {
        var bytes = random(3 * SEGMENT + 100);
        write(new byte[0]);
        for (var piece : new int[] {1, SEGMENT - 1, 10, SEGMENT, SEGMENT, 89, SEGMENT}) {
            var end = (int) progress.length();
            append(Arrays.copyOfRange(bytes, end, Math.min(bytes.length, end + piece)));
            assertThat(progress.length()).isEqualTo(Math.min(bytes.length, end + piece));
        }
        seal();

        assertThat(read(bytes.length, 0, bytes.length)).isEqualTo(bytes);
    }

    @Test
    void an_append_that_finds_no_place_takes_nothing_of_what_is_there() throws IOException {
        write(random(100));
        var places = new Openings(1, Duration.ofMillis(1));
        var busy = new SealedBlobs(below, () -> filled(32, 7), places);
        try (var _ = places.take()) {
            assertThatThrownBy(() -> busy.append(key, progress, new Content.Bytes(random(5))))
                    .isInstanceOf(RegistryException.class);
        }

        assertThat(busy.append(key, progress, new Content.Bytes(random(5))).length())
                .isEqualTo(105);
    }

    @Test
    void bytes_below_tell_nothing_of_those_above() throws IOException {
        var marked = "a marker that nobody else would write".getBytes(UTF_8);
        write(marked);
        seal();

        assertThat(new String(below(), UTF_8)).doesNotContain("marker");
    }

    /// In each of length, header, nonce, ciphertext and tag, in the first segment, the second, and the last.
    @ParameterizedTest
    @ValueSource(ints = {0, 3, 4, 5, 40, 44, 1000, SEALED - 1, SEALED, SEALED + 9, SEALED + 2000, 2 * SEALED + 50})
    void a_byte_that_was_changed_is_an_error(int place) throws IOException {
        write(random(2 * SEGMENT + 1000));
        seal();
        var changed = below();
        changed[place] ^= 4;
        put(changed);

        assertThatThrownBy(() -> read(2 * SEGMENT + 1000, 0, 2 * SEGMENT + 1000))
                .isInstanceOf(IOException.class);
    }

    @Test
    void bytes_before_a_change_are_given_out_and_none_after() throws IOException {
        var bytes = random(3 * SEGMENT);
        write(bytes);
        seal();
        var changed = below();
        changed[SEALED + 500] ^= 1;
        put(changed);
        var got = new ByteArrayOutputStream();

        assertThatThrownBy(() -> blobs.open(key, 3 * SEGMENT, 0, 3 * SEGMENT).writeTo(Channels.newChannel(got)))
                .hasMessageContaining("segment 1 of " + key + " is damaged");
        assertThat(got.toByteArray()).isEqualTo(Arrays.copyOf(bytes, SEGMENT));
    }

    /// A file gives its bytes in small parts, and keeps failures to itself that come between two of them.
    @Test
    void a_reader_that_goes_away_is_no_damage(@TempDir Path folder) throws IOException {
        var onDisk = new SealedBlobs(TestStores.blobsIn(folder), () -> filled(32, 7));
        onDisk.create(key);
        onDisk.seal(key, onDisk.append(key, Progress.NONE, new Content.Bytes(random(3 * SEGMENT))));

        assertThatThrownBy(() -> onDisk.open(key, 3 * SEGMENT, 0, 3 * SEGMENT).writeTo(new GoneChannel()))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
    }

    @Test
    void segments_keep_their_order() throws IOException {
        write(random(2 * SEGMENT));
        seal();
        var sealed = below();
        var swapped = sealed.clone();
        System.arraycopy(sealed, 0, swapped, SEALED, SEALED);
        System.arraycopy(sealed, SEALED, swapped, 0, SEALED);
        put(swapped);

        assertThatThrownBy(() -> read(2 * SEGMENT, 0, SEGMENT)).isInstanceOf(IOException.class);
    }

    @Test
    void the_beginning_of_a_blob_does_not_pass_for_the_whole() throws IOException {
        write(random(2 * SEGMENT));
        seal();
        put(Arrays.copyOf(below(), SEALED));

        assertThat(blobs.size(key)).hasValue(SEGMENT);
        assertThatThrownBy(() -> written(blobs.open(key, SEGMENT, 0, SEGMENT))).isInstanceOf(IOException.class);
    }

    @Test
    void a_whole_blob_with_more_behind_it_is_damaged() throws IOException {
        write(random(SEGMENT));
        seal();
        below.append(key, Progress.of(SEALED), new Content.Bytes(below()));

        assertThatThrownBy(() -> written(blobs.open(key, SEGMENT, 0, 10))).isInstanceOf(IOException.class);
    }

    @Test
    void one_blob_does_not_pass_for_another() throws IOException {
        var other = UploadId.random(Instant.now()).blobKey();
        write(random(100));
        seal();
        below.create(other);
        below.append(other, Progress.of(0), below.open(key, 160, 0, 160));

        assertThatThrownBy(() -> written(blobs.open(other, 100, 0, 100))).isInstanceOf(IOException.class);
    }

    @Test
    void another_key_opens_nothing() throws IOException {
        write(random(100));
        seal();

        assertThatThrownBy(() -> written(new SealedBlobs(below, () -> filled(32, 8)).open(key, 100, 0, 100)))
                .isInstanceOf(IOException.class);
    }

    /// As after a power loss: what was written last is there in part, or not at all.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 30, 59, 60, 61, 500, SEALED - 1})
    void a_segment_that_is_not_whole_does_not_count(int left) throws IOException {
        var bytes = random(2 * SEGMENT + 700);
        write(bytes);
        put(Arrays.copyOf(below(), SEALED + left));

        progress = blobs.upTo(key, progress, bytes.length);
        assertThat(progress.length()).isEqualTo(SEGMENT);
        append(Arrays.copyOfRange(bytes, SEGMENT, bytes.length));
        seal();
        assertThat(read(bytes.length, 0, bytes.length)).isEqualTo(bytes);
    }

    @Test
    void whole_segments_are_a_blob_where_what_followed_was_lost() throws IOException {
        var bytes = random(2 * SEGMENT + 700);
        write(bytes);

        progress = blobs.upTo(key, progress, 2 * SEGMENT + 699);
        assertThat(progress.length()).isEqualTo(2 * SEGMENT);
        seal();
        assertThat(read(2 * SEGMENT, 0, 2 * SEGMENT)).isEqualTo(Arrays.copyOf(bytes, 2 * SEGMENT));
    }

    @Test
    void what_is_not_in_the_store_yet_lies_sealed_in_the_progress() throws IOException {
        write("a marker that nobody else would write".getBytes(UTF_8));
        var rest = progress.state().substring(0, progress.state().indexOf('.'));

        assertThat(new String(Base64.getDecoder().decode(rest), ISO_8859_1)).doesNotContain("marker");
    }

    /// So that no key and nonce is ever used for two plaintexts.
    @Test
    void bytes_that_take_the_place_of_others_are_sealed_anew() throws IOException {
        var bytes = random(SEGMENT + 1);
        write(bytes);
        var first = below();
        progress = Progress.NONE;
        append(bytes);

        assertThat(below()).hasSameSizeAs(first);
        assertThat(Arrays.copyOfRange(below(), 5, 44)).isNotEqualTo(Arrays.copyOfRange(first, 5, 44));
    }

    @Test
    void what_was_there_stays_when_there_is_no_room_for_more() throws IOException {
        write(random(100));

        assertThatThrownBy(() -> blobs.append(key, progress, new NoRoom())).isInstanceOf(StorageFullException.class);
        seal();
        assertThat(read(100, 0, 100)).isEqualTo(random(100));
    }

    @Test
    void blobs_may_be_sealed_twice_under_two_keys() throws IOException {
        var twice = new SealedBlobs(blobs, () -> filled(32, 9));
        var bytes = random(2 * SEGMENT + 5);
        twice.create(key);
        var begun = twice.append(key, Progress.NONE, new Content.Bytes(Arrays.copyOf(bytes, 1000)));
        twice.seal(key, twice.append(key, begun, new Content.Bytes(Arrays.copyOfRange(bytes, 1000, bytes.length))));

        assertThat(twice.size(key)).hasValue(bytes.length);
        assertThat(written(twice.open(key, bytes.length, 0, bytes.length))).isEqualTo(bytes);
        assertThat(written(twice.open(key, bytes.length, SEGMENT - 1, 2)))
                .isEqualTo(Arrays.copyOfRange(bytes, SEGMENT - 1, SEGMENT + 1));
    }

    private void write(byte[] bytes) throws IOException {
        blobs.create(key);
        append(bytes);
    }

    private void append(byte[] bytes) throws IOException {
        progress = blobs.append(key, progress, new Content.Bytes(bytes));
    }

    private void seal() throws IOException {
        blobs.seal(key, progress);
    }

    private byte[] read(long size, long from, long length) throws IOException {
        return written(blobs.open(key, size, from, length));
    }

    private byte[] below() throws IOException {
        var size = below.size(key).orElseThrow();
        return written(below.open(key, size, 0, size));
    }

    private void put(byte[] sealed) throws IOException {
        below.append(key, Progress.of(0), new Content.Bytes(sealed));
    }

    private static byte[] written(Content content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        content.writeTo(Channels.newChannel(bytes));
        return bytes.toByteArray();
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static byte[] filled(int length, int value) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static final class GoneChannel implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
            throw new IOException("gone");
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private record NoRoom() implements Content {
        @Override
        public long length() {
            return 1;
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            throw new StorageFullException("full");
        }
    }
}
