package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.store.Leases.Lease;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public abstract class LeasesContract extends TablesContract {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration OVER = Duration.ofMillis(1);

    @Test
    void a_lease_is_one_holders_at_a_time() {
        var lease = take("sweep", "a", LONG).orElseThrow();

        assertThat(lease.holder()).isEqualTo("a");
        assertThat(take("sweep", "b", LONG)).isEmpty();
        assertThat(take("other", "b", LONG)).isPresent();
        assertThat(store().<Optional<String>>transact(tx -> tx.leases().holder("sweep")))
                .contains("a");
        assertThat(store().<Optional<String>>transact(tx -> tx.leases().holder("none")))
                .isEmpty();
        assertThat(isRenewed(lease, LONG)).isTrue();
    }

    @Test
    void a_lease_that_is_over_is_anybodys_and_no_more_the_one_that_had_it() throws InterruptedException {
        var first = take("sweep", "a", OVER).orElseThrow();
        Thread.sleep(20);

        var second = take("sweep", "b", LONG).orElseThrow();

        assertThat(second.number()).isGreaterThan(first.number());
        assertThat(isRenewed(first, LONG)).isFalse();
        assertThat(take("sweep", "a", LONG)).isEmpty();
        assertThat(isRenewed(second, LONG)).isTrue();
    }

    @Test
    void whoever_only_reads_sees_whether_it_is_taken() throws InterruptedException {
        assertThat(isTaken("sweep")).isFalse();
        var lease = take("sweep", "a", LONG).orElseThrow();
        assertThat(isTaken("sweep")).isTrue();
        assertThat(isTaken("other")).isFalse();

        isRenewed(lease, OVER);
        Thread.sleep(20);
        assertThat(isTaken("sweep")).isFalse();

        var again = take("sweep", "b", LONG).orElseThrow();
        write(tx -> tx.leases().end(again));
        assertThat(isTaken("sweep")).isFalse();
    }

    private boolean isTaken(String name) {
        return store().ask(tx -> tx.leases().isTaken(name));
    }

    @Test
    void its_holder_takes_it_again_and_the_number_before_is_good_no_more() {
        var first = take("sweep", "a", LONG).orElseThrow();
        var second = take("sweep", "a", LONG).orElseThrow();

        assertThat(second.number()).isGreaterThan(first.number());
        assertThat(isRenewed(first, LONG)).isFalse();
        assertThat(isRenewed(second, LONG)).isTrue();
    }

    @Test
    void a_lease_that_is_ended_by_its_holder_is_free_at_once() {
        var first = take("sweep", "a", LONG).orElseThrow();
        write(tx -> tx.leases().end(new Lease("sweep", first.number() + 1, "a")));
        assertThat(take("sweep", "b", LONG)).isEmpty();

        write(tx -> tx.leases().end(first));
        assertThat(isRenewed(first, LONG)).isFalse();
        assertThat(take("sweep", "b", LONG)).isPresent();
    }

    @Test
    void a_lease_that_is_renewed_for_a_moment_is_free_soon() throws InterruptedException {
        var lease = take("sweep", "a", LONG).orElseThrow();
        assertThat(isRenewed(lease, OVER)).isTrue();
        Thread.sleep(20);

        assertThat(take("sweep", "b", LONG)).isPresent();
    }

    @Test
    void of_two_that_ask_at_once_one_gets_it() throws InterruptedException {
        var race = Race.of(
                store()::transactGuarded,
                (tx, hasLooked) -> {
                    hasLooked.run();
                    refuseUnless(tx.leases().take("sweep", "a", LONG).isPresent());
                },
                (tx, hasLooked) -> {
                    hasLooked.run();
                    refuseUnless(tx.leases().take("sweep", "b", LONG).isPresent());
                });

        assertThat(race.exactlyOne()).isTrue();
    }

    private Optional<Lease> take(String name, String holder, Duration duration) {
        return store().transactGuarded(tx -> tx.leases().take(name, holder, duration));
    }

    private boolean isRenewed(Lease lease, Duration duration) {
        return store().transact(tx -> tx.leases().renew(lease, duration));
    }
}
