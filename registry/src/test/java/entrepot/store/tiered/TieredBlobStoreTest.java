package entrepot.store.tiered;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.domain.UploadId;
import entrepot.store.BlobStore;
import entrepot.store.BlobStoreContract;
import entrepot.store.NoSuchBlobException;
import entrepot.store.PassedOn;
import entrepot.store.memory.MemoryBlobStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TieredBlobStoreTest extends BlobStoreContract {

    private final MemoryBlobStore first = new MemoryBlobStore();
    private final MemoryBlobStore archive = new MemoryBlobStore();

    @Override
    protected TieredBlobStore open() {
        return new TieredBlobStore(first, archive);
    }

    @Test
    void every_method_is_passed_on() {
        PassedOn.assertDeclaresAll(TieredBlobStore.class, BlobStore.class);
    }

    @Test
    void a_blob_is_read_and_deleted_wherever_it_lies_and_a_new_one_goes_to_the_first() throws IOException {
        var here = put(open(), "here");
        var away = put(archive, "away");

        assertThat(first.size(here)).hasValue(4);
        assertThat(archive.size(here)).isEmpty();
        assertThat(open().size(away)).hasValue(4);
        assertThat(read(open(), here)).isEqualTo("here");
        assertThat(read(open(), away)).isEqualTo("away");
        try (var keys = open().keys()) {
            assertThat(keys).containsExactlyInAnyOrder(here, away);
        }
        assertThat(open().deleteAll(List.of(here, away))).isEmpty();
        assertThat(open().size(here)).isEmpty();
        assertThat(open().size(away)).isEmpty();
        assertThatThrownBy(() -> open().open(away, 4, 0, 4)).isInstanceOf(NoSuchBlobException.class);
    }

    private static BlobKey put(BlobStore store, String text) throws IOException {
        var key = UploadId.random(Instant.now()).blobKey();
        store.create(key);
        store.seal(key, store.append(key, Progress.NONE, new Content.Bytes(text.getBytes(UTF_8))));
        return key;
    }

    private static String read(BlobStore store, BlobKey key) throws IOException {
        var bytes = new ByteArrayOutputStream();
        store.open(key, 4, 0, 4).writeTo(Channels.newChannel(bytes));
        return bytes.toString(UTF_8);
    }
}
