package entrepot.http;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Content;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    private static final Content SMALL = new Content.Bytes(new byte[256 << 10]);
    private static final Content LARGE = new Content.Bytes(new byte[(256 << 10) + 1]);

    private final MemoryBudget oneLarge = new MemoryBudget(1);

    @Test
    void a_large_body_waits_for_the_one_before_it() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = oneLarge.reserve(LARGE);
            var second = CompletableFuture.supplyAsync(() -> oneLarge.reserve(LARGE), threads);
            Assertions.assertThatThrownBy(() -> second.get(200, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            first.close();
            second.get(10, TimeUnit.SECONDS).close();
        }
    }

    @Test
    void small_bodies_never_wait() {
        try (var _ = oneLarge.reserve(LARGE)) {
            for (int i = 0; i < 100; i++) {
                assertThat(oneLarge.reserve(SMALL)).isNotNull();
            }
        }
    }
}
