package entrepot.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.domain.UploadId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every blob store must do. A backend's test is a subclass with nothing in it but how to make the store.
public abstract class BlobStoreContract {

    private final BlobKey key = UploadId.random(Instant.now()).blobKey();
    /// How blobs come: in pieces of so many bytes, around what stores have as bounds.
    private static final List<int[]> PIECES = List.of(
            new int[] {1 << 20},
            new int[] {8 << 20},
            new int[] {(8 << 20) + 1},
            new int[] {20 << 20},
            new int[] {100, 9 << 20, 100},
            new int[] {1 << 20, 1 << 20},
            new int[] {6 << 20, 6 << 20, 6 << 20},
            IntStream.generate(() -> 300_000).limit(40).toArray());

    private BlobStore store;
    private Progress progress = Progress.NONE;

    protected abstract BlobStore open() throws IOException;

    @BeforeEach
    void make_the_store() throws IOException {
        store = open();
    }

    @Test
    void a_blob_may_be_empty() throws IOException {
        store.create(key);
        store.seal(key, progress);

        assertThat(store.size(key)).hasValue(0);
        assertThat(read(0, 0)).isEmpty();
    }

    @Test
    void a_store_that_is_open_can_be_used() {
        assertThatCode(store::check).doesNotThrowAnyException();
    }

    @Test
    void bytes_are_appended_and_read_in_parts() throws IOException {
        store.create(key);

        assertThat(append("hello ")).isEqualTo(6);
        assertThat(append("world")).isEqualTo(11);
        store.seal(key, progress);

        assertThat(store.size(key)).hasValue(11);
        assertThat(read(0, 11)).isEqualTo("hello world");
        assertThat(read(4, 3)).isEqualTo("o w");
        assertThat(read(11, 0)).isEmpty();
    }

    @Test
    void bytes_beyond_a_progress_are_dropped() throws IOException {
        store.create(key);
        append("acknowledged");
        var acknowledged = progress;
        append(" and more");

        progress = acknowledged;
        assertThat(append("!")).isEqualTo(13);
        store.seal(key, progress);
        assertThat(read(0, 13)).isEqualTo("acknowledged!");
    }

    @Test
    void bytes_beyond_a_progress_are_no_part_of_what_is_sealed() throws IOException {
        store.create(key);
        append("acknowledged");
        var acknowledged = progress;
        append(" and more");

        progress = acknowledged;
        store.seal(key, progress);
        assertThat(store.size(key)).hasValue(12);
        assertThat(read(0, 12)).isEqualTo("acknowledged");
    }

    @Test
    void sealing_twice_is_once() throws IOException {
        store.create(key);
        append("twice");
        store.seal(key, progress);
        store.seal(key, progress);

        assertThat(read(0, 5)).isEqualTo("twice");
    }

    @Test
    void what_came_before_content_broke_off_stays() throws IOException {
        store.create(key);
        append("one ");

        assertThatThrownBy(() -> store.append(key, progress, new BreaksOff("half")))
                .isInstanceOfSatisfying(BrokeOffException.class, broken -> progress = broken.progress())
                .hasMessage("broke off");
        assertThat(progress.length()).isEqualTo(8);
        append(" more");
        store.seal(key, progress);
        assertThat(read(0, 13)).isEqualTo("one half more");
    }

    @Test
    void what_is_there_can_be_gone_on_from() throws IOException {
        store.create(key);
        append("all of it");

        assertThat(store.upTo(key, progress, 9).length()).isEqualTo(9);
        assertThat(store.upTo(key, progress, 100).length()).isEqualTo(9);
        progress = store.upTo(key, progress, 3);
        assertThat(progress.length()).isBetween(0L, 3L);
        append("all".substring((int) progress.length()));
        store.seal(key, progress);
        assertThat(read(0, 3)).isEqualTo("all");
    }

    @Test
    void opened_content_can_be_written_twice() throws IOException {
        store.create(key);
        append("again");
        store.seal(key, progress);
        var content = store.open(key, 5, 0, 5);

        assertThat(written(content)).isEqualTo("again");
        assertThat(written(content)).isEqualTo("again");
        assertThat(content.length()).isEqualTo(5);
    }

    @Test
    void an_absent_key_is_said_to_be_absent() throws IOException {
        assertThat(store.size(key)).isEmpty();
        assertThatThrownBy(() -> written(store.open(key, 1, 0, 1))).isInstanceOf(NoSuchBlobException.class);
        store.delete(key);
    }

    @Test
    void a_blob_of_another_size_is_not_read() throws IOException {
        store.create(key);
        append("four");
        store.seal(key, progress);

        assertThatThrownBy(() -> written(store.open(key, 5, 0, 3))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> written(store.open(key, 3, 0, 3))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> written(store.open(key, 6, 2, 4))).isInstanceOf(IOException.class);
    }

    @Test
    void keys_are_listed_until_they_are_deleted() throws IOException {
        var other = UploadId.random(Instant.now()).blobKey();
        for (var sealed : List.of(key, other)) {
            store.create(sealed);
            store.seal(sealed, store.append(sealed, Progress.NONE, text("bytes")));
        }
        try (var keys = store.keys()) {
            assertThat(keys).containsExactlyInAnyOrder(key, other);
        }

        store.delete(key);
        try (var keys = store.keys()) {
            assertThat(keys).containsExactly(other);
        }
        assertThat(store.size(key)).isEmpty();
    }

    @Test
    void what_lies_there_is_listed_with_its_size_and_when_it_was_written() throws IOException {
        var before = Instant.now().minusSeconds(60); // the store's clock may be another one
        store.create(key);
        store.seal(key, store.append(key, progress, text("bytes")));

        try (var listed = store.listed()) {
            assertThat(listed).singleElement().satisfies(lying -> {
                assertThat(lying.key()).isEqualTo(key);
                assertThat(lying.name()).endsWith(key.value());
                assertThat(lying.size()).isBetween(5L, 100L); // sealed ones are longer
                assertThat(lying.written()).isBetween(before, before.plusSeconds(600));
            });
        }
    }

    @Test
    void many_keys_are_deleted_together() throws IOException {
        var absent = UploadId.random(Instant.now()).blobKey();
        store.create(key);
        store.seal(key, store.append(key, progress, text("bytes")));

        assertThat(store.deleteAll(List.of(key, absent))).isEmpty();
        assertThat(store.size(key)).isEmpty();
    }

    @Test
    void blobs_of_any_size_are_read_as_they_were_written() throws IOException {
        for (var pieces : PIECES) {
            var blob = UploadId.random(Instant.now()).blobKey();
            var bytes = random(IntStream.of(pieces).sum());
            store.create(blob);
            var come = Progress.NONE;
            for (var piece : pieces) {
                var from = (int) come.length();
                come = store.append(blob, come, new Content.Bytes(Arrays.copyOfRange(bytes, from, from + piece)));
            }
            store.seal(blob, come);
            var read = new ByteArrayOutputStream();
            store.open(blob, bytes.length, 0, bytes.length).writeTo(Channels.newChannel(read));
            assertThat(Arrays.equals(read.toByteArray(), bytes))
                    .as(Arrays.toString(pieces))
                    .isTrue();
        }
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /// How many bytes there are then.
    private long append(String text) throws IOException {
        progress = store.append(key, progress, text(text));
        return progress.length();
    }

    private String read(long from, long length) throws IOException {
        return written(store.open(key, progress.length(), from, length));
    }

    private static String written(Content content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        content.writeTo(Channels.newChannel(bytes));
        return bytes.toString(UTF_8);
    }

    private static Content text(String text) {
        return new Content.Bytes(text.getBytes(UTF_8));
    }

    private record BreaksOff(String text) implements Content {
        @Override
        public long length() {
            return 2L * text.length();
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            target.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
            throw new IOException("broke off");
        }
    }
}
