package entrepot.http.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.domain.EveryApiError;
import entrepot.domain.RegistryException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {

    /// Of which two thirds are for work, and half of that for small work, of 128 KiB at most.
    private static final long ALL = 3 << 20;

    private final MemoryBudget budget = new MemoryBudget(ALL);
    private final MemoryBudget impatient = new MemoryBudget(ALL, Duration.ZERO);

    @Test
    void work_that_finds_no_room_waits_for_the_one_before_it() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = budget.reserve(600 << 10);
            var second = CompletableFuture.supplyAsync(() -> budget.reserve(600 << 10), threads);
            assertThatThrownBy(() -> second.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            first.close();
            second.get(10, TimeUnit.SECONDS).close();
        }
    }

    @Test
    void whoever_finds_none_in_time_is_told_to_come_again() {
        try (var _ = impatient.reserve(900 << 10)) {
            assertThat(impatient.reserve(124 << 10)).isNotNull();
            assertThrottled(impatient, 129 << 10);
        }
    }

    @Test
    void small_work_is_counted_too() {
        for (int i = 0; i < 1024; i++) {
            assertThat(impatient.reserve(100)).isNotNull();
        }
        assertThrottled(impatient, 100);
    }

    @Test
    void what_is_larger_than_all_there_is_has_it_for_itself() {
        var whole = impatient.reserve(Long.MAX_VALUE / 2);
        assertThrottled(impatient, 129 << 10);
        whole.close();
        assertThat(impatient.reserve(129 << 10)).isNotNull();
    }

    @Test
    void small_work_never_stands_behind_what_is_large() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = budget.reserve(1 << 20);
            var second = CompletableFuture.supplyAsync(() -> budget.reserve(1 << 20), threads);
            budget.reserve(128 << 10).close();
            first.close();
            second.get(10, TimeUnit.SECONDS).close();
        }
    }

    @Test
    void what_waits_for_a_client_keeps_nobody_from_working() {
        while (impatient.held().tryTake(1 << 10, 0)) {
            // until nothing is left that is worth a kibibyte
        }
        assertThat(impatient.reserve(1 << 20)).isNotNull();
    }

    private static void assertThrottled(MemoryBudget budget, long bytes) {
        assertThatThrownBy(() -> budget.reserve(bytes))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.error()).isEqualTo(new EveryApiError.Throttling()));
    }
}
