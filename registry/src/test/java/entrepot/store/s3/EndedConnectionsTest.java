package entrepot.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.BlobKey;
import entrepot.domain.Content;
import entrepot.domain.Progress;
import entrepot.domain.UploadId;
import entrepot.store.Line;
import entrepot.store.MetadataStore;
import entrepot.store.StoreAwayException;
import entrepot.store.TestStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Connections to S3 that were kept for the next request, and which the server ended meanwhile.
class EndedConnectionsTest {

    private static final int MANY = 8;
    private static final byte[] BYTES = new byte[100_000];

    @AutoClose
    private final MetadataStore metadata = TestStores.metadata();

    @AutoClose
    private final Line line = TestS3.line();

    @TempDir
    Path spool;

    @AutoClose
    private S3BlobStore store;

    @BeforeEach
    void open() {
        var place =
                TestS3.place(TestS3.through(line), TestS3.BUCKET, new S3Place.Credentials(TestS3.ID, TestS3.SECRET));
        store = TestS3.store(place, metadata, spool, Watch.NOBODY);
    }

    @Test
    void a_request_goes_over_a_new_connection_where_all_others_have_ended() throws IOException {
        keepMany();
        line.endWhenUsed();

        var key = newKey();
        store.seal(key, put(key));
        assertThat(store.size(key)).hasValue(BYTES.length);
    }

    @Test
    void every_request_of_many_does() {
        keepMany();
        line.endWhenUsed();

        assertThat(putMany()).allSatisfy(put -> assertThat(put.join().length()).isEqualTo(BYTES.length));
    }

    /// The time that is waited between tries is not a matter of connections.
    @Test
    void a_server_that_ends_all_is_soon_known_to_be_away() {
        keepMany();
        line.cut();

        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> put(newKey())).isInstanceOf(StoreAwayException.class);
        }
        assertThat(store.breakers().values()).singleElement().matches(BooleanSupplier::getAsBoolean);
    }

    /// As many requests at once as make as many connections.
    private void keepMany() {
        line.stall();
        var puts = new ArrayList<CompletableFuture<Progress>>();
        var all = CompletableFuture.runAsync(() -> puts.addAll(putMany()));
        while (line.connections() < MANY) {
            Thread.onSpinWait();
        }
        line.mend();
        all.join();
        puts.forEach(CompletableFuture::join);
    }

    private List<CompletableFuture<Progress>> putMany() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var puts = new ArrayList<CompletableFuture<Progress>>();
            for (int i = 0; i < MANY; i++) {
                puts.add(CompletableFuture.supplyAsync(() -> unchecked(newKey()), threads));
            }
            return puts;
        }
    }

    private Progress unchecked(BlobKey key) {
        try {
            return put(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Progress put(BlobKey key) throws IOException {
        return store.append(key, Progress.NONE, new Content.Bytes(BYTES));
    }

    private static BlobKey newKey() {
        return UploadId.random(Instant.now()).blobKey();
    }
}
