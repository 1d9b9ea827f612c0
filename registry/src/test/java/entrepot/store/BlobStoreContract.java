package entrepot.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.UploadId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every blob store must do. A backend's test is a subclass with nothing in it but how to make the store.
public abstract class BlobStoreContract {

    private final BlobKey key = UploadId.random(Instant.now()).blobKey();
    private BlobStore store;

    protected abstract BlobStore open() throws IOException;

    @BeforeEach
    void make_the_store() throws IOException {
        store = open();
    }

    @Test
    void a_new_blob_is_empty() throws IOException {
        store.create(key);

        assertThat(store.size(key)).hasValue(0);
        assertThat(read(0, 0)).isEmpty();
    }

    @Test
    void a_store_that_is_open_can_be_used() {
        assertThatCode(store::check).doesNotThrowAnyException();
    }

    @Test
    void a_key_is_made_once() throws IOException {
        store.create(key);
        store.append(key, 0, text("kept"));

        assertThatThrownBy(() -> store.create(key)).isInstanceOf(IOException.class);
        assertThat(read(0, 4)).isEqualTo("kept");
    }

    @Test
    void bytes_are_appended_and_read_in_parts() throws IOException {
        store.create(key);

        assertThat(store.append(key, 0, text("hello "))).isEqualTo(6);
        assertThat(store.append(key, 6, text("world"))).isEqualTo(11);
        store.seal(key);

        assertThat(store.size(key)).hasValue(11);
        assertThat(read(0, 11)).isEqualTo("hello world");
        assertThat(read(4, 3)).isEqualTo("o w");
    }

    @Test
    void bytes_beyond_the_offset_are_dropped() throws IOException {
        store.create(key);
        store.append(key, 0, text("acknowledged and more"));

        assertThat(store.append(key, 12, text("!"))).isEqualTo(13);
        assertThat(read(0, 13)).isEqualTo("acknowledged!");
        assertThat(store.size(key)).hasValue(13);
    }

    @Test
    void no_hole_can_be_left() throws IOException {
        store.create(key);
        store.append(key, 0, text("four"));

        assertThatThrownBy(() -> store.append(key, 5, text("x"))).isInstanceOf(NoSuchBlobException.class);
        assertThat(store.size(key)).hasValue(4);
    }

    @Test
    void what_came_before_content_broke_off_stays() throws IOException {
        store.create(key);

        assertThatThrownBy(() -> store.append(key, 0, new BreaksOff("half")))
                .isInstanceOf(IOException.class)
                .hasMessage("broke off");
        assertThat(store.size(key)).hasValue(4);
        assertThat(read(0, 4)).isEqualTo("half");
    }

    @Test
    void opened_content_can_be_written_twice() throws IOException {
        store.create(key);
        store.append(key, 0, text("again"));
        var content = store.open(key, 0, 5);

        assertThat(written(content)).isEqualTo("again");
        assertThat(written(content)).isEqualTo("again");
        assertThat(content.length()).isEqualTo(5);
    }

    @Test
    void an_absent_key_is_said_to_be_absent() throws IOException {
        assertThat(store.size(key)).isEmpty();
        assertThatThrownBy(() -> store.append(key, 0, text("x"))).isInstanceOf(NoSuchBlobException.class);
        assertThatThrownBy(() -> store.seal(key)).isInstanceOf(NoSuchBlobException.class);
        assertThatThrownBy(() -> store.open(key, 0, 0)).isInstanceOf(NoSuchBlobException.class);
        store.delete(key);
    }

    @Test
    void more_than_there_is_cannot_be_opened() throws IOException {
        store.create(key);
        store.append(key, 0, text("four"));

        assertThatThrownBy(() -> store.open(key, 2, 3)).isInstanceOf(NoSuchBlobException.class);
    }

    @Test
    void keys_are_listed_until_they_are_deleted() throws IOException {
        var other = UploadId.random(Instant.now()).blobKey();
        store.create(key);
        store.create(other);
        try (var keys = store.keys()) {
            assertThat(keys).containsExactlyInAnyOrder(key, other);
        }

        store.delete(key);
        try (var keys = store.keys()) {
            assertThat(keys).containsExactly(other);
        }
        assertThat(store.size(key)).isEmpty();
    }

    private String read(long from, long length) throws IOException {
        return written(store.open(key, from, length));
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
