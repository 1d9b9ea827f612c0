package entrepot.operation.layer;

import static entrepot.operation.Layers.sha256;
import static entrepot.operation.World.APP;
import static entrepot.operation.World.isTaken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Content;
import entrepot.domain.Digest;
import entrepot.domain.Incoming;
import entrepot.domain.Law;
import entrepot.domain.UploadId;
import entrepot.operation.Layers;
import entrepot.operation.World;
import entrepot.store.BlobStore;
import entrepot.store.MetadataStore;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes that write one upload at the same moment. The slower one stops at a point between two of its steps, and
/// goes on when the other one has taken the upload over, or has been answered.
@Timeout(60)
abstract class TwoNodesContract {

    /// Enough for an object of its own.
    private static final int PART = 100_000;

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private World world;
    private Layers slow;
    private Layers quick;
    private UploadId upload;

    /// An empty one.
    abstract MetadataStore metadata();

    /// Opens the place of the blobs once more.
    abstract BlobStore blobs(MetadataStore metadata);

    /// Whether one of two may have to wait for the other to end.
    abstract boolean oneAtATime();

    @BeforeEach
    void begin_an_upload() {
        var metadata = metadata();
        world = World.on(metadata, blobs(metadata));
        slow = new Layers(world);
        quick = new Layers(World.on(metadata, blobs(metadata)));
        upload = slow.begin(APP);
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
        world.close();
    }

    @Test
    void before_its_first_byte() throws Exception {
        assertOvertaken(new Stopping(part(1), 0), 0);
    }

    @Test
    void in_the_midst_of_its_bytes() throws Exception {
        assertOvertaken(new Stopping(part(1), PART / 2), 0);
    }

    @Test
    void after_its_last_byte() throws Exception {
        assertOvertaken(new Stopping(part(1), PART), 0);
    }

    @Test
    void behind_what_was_acknowledged() throws Exception {
        slow.append(APP, upload, new Content.Bytes(part(9)));
        assertOvertaken(new Stopping(part(1), 0), PART);
    }

    @Test
    void after_its_last_byte_behind_what_was_acknowledged() throws Exception {
        slow.append(APP, upload, new Content.Bytes(part(9)));
        assertOvertaken(new Stopping(part(1), PART), PART);
    }

    @Test
    void with_a_body_that_does_not_come_to_an_end() throws Exception {
        slow.append(APP, upload, new Content.Bytes(part(9)));
        var body = new HalfDead(part(1));
        var first = threads.submit(() -> isTaken(() -> slow.append(APP, upload, body)));
        body.reached.await();

        assertThat(quick.append(APP, upload, new Content.Bytes(part(2)))).isEqualTo(2 * PART - 1);
        assertThat(first.get()).isFalse();
        assertCompletes(quick, join(part(9), part(2)));
    }

    @Test
    void while_the_other_one_completes_it() throws Exception {
        slow.append(APP, upload, new Content.Bytes(part(9)));
        var body = new HalfDead(part(1));
        var first = threads.submit(() -> isTaken(() -> slow.append(APP, upload, body)));
        body.reached.await();

        assertCompletes(quick, part(9));
        body.breakOff();
        assertThat(first.get()).isFalse();
        assertThat(slow.bytes(APP, sha256(part(9)))).isEqualTo(part(9));
    }

    /// What a node knows of the bytes that it had is no digest of those that another one put in their place.
    @Test
    void with_other_bytes_in_the_place_of_those_that_broke_off() throws Exception {
        slow.append(APP, upload, new Content.Bytes(part(9)));
        assertThatThrownBy(() -> slow.append(APP, upload, new BrokenOff(part(1))))
                .hasMessageContaining("broken off");
        quick.part(Law.OCI, APP, upload, PART, part(2));

        assertThat(isTaken(() -> slow.complete(Law.OCI, APP, upload, sha256(join(part(9), part(1))))))
                .isFalse();
        assertCompletes(slow, join(part(9), part(2)));
    }

    private void assertOvertaken(Stopping body, int received) throws Exception {
        var first = threads.submit(() -> isTaken(() -> slow.append(APP, upload, body)));
        body.reached.await();
        var turn = turn();
        var second = threads.submit(() -> quick.append(APP, upload, new Content.Bytes(part(2))));
        awaitTurnAfter(turn, second);
        body.goOn.countDown();

        assertThat(first.get()).isFalse();
        assertThat(second.get()).isEqualTo(received + PART - 1);
        assertCompletes(quick, received == 0 ? part(2) : join(part(9), part(2)));
    }

    /// Where one waits for the other, it is enough that he has told him so.
    private void awaitTurnAfter(long turn, Future<Long> second) throws Exception {
        if (!oneAtATime()) {
            second.get();
        }
        while (turn() == turn) {
            Thread.sleep(5);
        }
    }

    private long turn() {
        return world.metadata
                .read(tx -> tx.uploads().find(upload))
                .orElseThrow()
                .turn();
    }

    private void assertCompletes(Layers node, byte[] bytes) {
        Digest digest = sha256(bytes);
        assertThat(node.complete(Law.OCI, APP, upload, digest)).isEqualTo(digest);
        assertThat(node.bytes(APP, digest)).isEqualTo(bytes);
    }

    private static byte[] part(int writer) {
        var bytes = new byte[PART];
        Arrays.fill(bytes, (byte) writer);
        return bytes;
    }

    private static byte[] join(byte[] one, byte[] other) {
        var all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    /// Stops before the byte of this number, or after the last.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Stopping(byte[] bytes, int at, CountDownLatch reached, CountDownLatch goOn) implements Content {

        Stopping(byte[] bytes, int at) {
            this(bytes, at, new CountDownLatch(1), new CountDownLatch(1));
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            new Bytes(Arrays.copyOf(bytes, at)).writeTo(target);
            reached.countDown();
            await(goOn);
            new Bytes(Arrays.copyOfRange(bytes, at, bytes.length)).writeTo(target);
        }
    }

    /// Brings half of its bytes, and then nothing.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record HalfDead(byte[] bytes, CountDownLatch reached, CountDownLatch broken) implements Incoming {

        HalfDead(byte[] bytes) {
            this(bytes, new CountDownLatch(1), new CountDownLatch(1));
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            new Bytes(Arrays.copyOf(bytes, bytes.length / 2)).writeTo(target);
            reached.countDown();
            await(broken);
            throw new IOException("broken off");
        }

        @Override
        public void breakOff() {
            broken.countDown();
        }
    }

    /// Brings all of its bytes but not its end.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record BrokenOff(byte[] bytes) implements Content {
        @Override
        public long length() {
            return bytes.length + 1L;
        }

        @Override
        public void writeTo(WritableByteChannel target) throws IOException {
            new Bytes(bytes).writeTo(target);
            throw new IOException("broken off");
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
