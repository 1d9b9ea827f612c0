package entrepot.operation.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.Incoming;
import entrepot.domain.RegistryException;
import entrepot.domain.UploadId;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OpenUploadsTest {

    private final UploadId id = id();
    private final OpenUploads uploads = new OpenUploads(Duration.ofMillis(50));

    private static UploadId id() {
        return UploadId.random(Instant.EPOCH);
    }

    @Test
    void no_more_than_ten_thousand_are_remembered_while_the_eldest_is_slow() {
        try (var _ = uploads.hold(id, "alice")) {
            for (int i = 0; i < 10_500; i++) {
                uploads.hold(id(), "alice").close();
            }
        }
        assertThat(uploads.size()).isEqualTo(10_000);
    }

    @Test
    void another_principal_waits_for_a_while_and_is_told_why() {
        var body = new Ended();
        try (var held = uploads.hold(id, "alice")) {
            held.receiving(body);
            assertThatThrownBy(() -> uploads.hold(id, "bob"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("Another request writes the upload with id '" + id + "'");
            assertThat(held.isEnded()).isFalse();
        }
        assertThat(body.isEnded).isFalse();
        uploads.hold(id, "bob").close();
    }

    @Test
    void a_newer_request_of_the_same_principal_ends_the_older_ones() throws Exception {
        var patient = new OpenUploads();
        var body = new Ended();
        var first = patient.hold(id, "alice");
        first.receiving(body);
        var started = new CountDownLatch(1);
        var second = CompletableFuture.supplyAsync(() -> {
            started.countDown();
            return patient.hold(id, "alice");
        });
        started.await();
        while (!first.isEnded()) {
            Thread.onSpinWait();
        }
        assertThat(body.isEnded).isTrue();
        first.close();
        try (var held = second.get()) {
            assertThat(held.isEnded()).isFalse();
        }
    }

    @Test
    void one_that_was_ended_before_its_bytes_came_does_not_wait_for_them() {
        var held = uploads.hold(id, "alice");
        assertThatThrownBy(() -> uploads.hold(id, "alice")).isInstanceOf(RegistryException.class);
        var body = new Ended();
        held.receiving(body);
        assertThat(body.isEnded).isTrue();
        held.close();
    }

    @Test
    void who_ends_the_upload_ends_all() {
        var held = uploads.hold(id, "alice");
        assertThatThrownBy(() -> uploads.holdToEnd(id, "bob")).isInstanceOf(RegistryException.class);
        assertThat(held.isEnded()).isTrue();
        held.close();
    }

    private static final class Ended implements Incoming {
        private volatile boolean isEnded;

        @Override
        public long length() {
            return -1;
        }

        @Override
        public void writeTo(WritableByteChannel target) {}

        @Override
        public void breakOff() {
            isEnded = true;
        }
    }
}
