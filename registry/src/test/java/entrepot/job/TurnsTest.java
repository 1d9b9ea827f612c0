package entrepot.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import entrepot.auth.ClockByHand;
import entrepot.auth.token.ServerSecrets;
import entrepot.domain.AccountId;
import entrepot.store.Leases.Lease;
import entrepot.store.MetadataStore;
import entrepot.store.TestStores;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Turns and Fenced: two nodes, and a job that one of them does for both.
class TurnsTest {

    private static final AccountId ACCOUNT = new AccountId("123456789012");

    @AutoClose
    private final MetadataStore metadata = TestStores.metadata();

    private final Turns here = new Turns(metadata, "here");
    private final Turns there = new Turns(metadata, "there");

    private record Sweep(Duration every) implements Job {
        @Override
        public Scope scope() {
            return Scope.ONE_NODE;
        }

        @Override
        public boolean step(Failures failures) {
            return false;
        }
    }

    @Test
    void a_job_stays_with_its_node_until_the_next_run_is_due() throws InterruptedException {
        var seldom = new Sweep(Duration.ofHours(1));
        var lease = here.take(seldom).orElseThrow();
        assertThat(there.take(seldom)).isEmpty();
        here.leave(seldom, lease);
        assertThat(there.take(seldom)).isEmpty();

        var often = new Sweep(Duration.ofMillis(1));
        here.leave(often, here.take(often).orElseThrow());
        Thread.sleep(20);
        assertThat(there.take(often)).isPresent();
    }

    @Test
    void a_node_that_was_asleep_writes_nothing_for_a_job_that_is_anothers_by_now() {
        var job = new Sweep(Duration.ofHours(1));
        var lease = here.take(job).orElseThrow();
        var fenced = new Fenced(metadata);
        assertThat(created(fenced, lease)).isTrue();

        metadata.transact(tx -> tx.leases().take(lease.name(), "here", Duration.ofHours(1)));

        assertThatThrownBy(() -> created(fenced, lease)).isInstanceOf(LostLeaseException.class);
        assertThatThrownBy(() -> Fenced.by(lease, () -> fenced.transactGuarded(tx -> true)))
                .isInstanceOf(LostLeaseException.class);
    }

    @Test
    void secrets_are_not_rotated_by_a_node_whose_turn_is_over() {
        var clock = new ClockByHand(Instant.EPOCH);
        var secrets = new ServerSecrets(metadata, "tokens", Duration.ofHours(12), clock, new SecureRandom());
        secrets.rotate(metadata);
        var before = secret();
        var job = new SecretRotation(new Fenced(metadata), List.of(secrets));
        var lease = here.take(job).orElseThrow();
        metadata.transact(tx -> tx.leases().take(lease.name(), "here", Duration.ofHours(1)));
        clock.move(Duration.ofDays(31));

        assertThatThrownBy(() -> Fenced.by(lease, job::runOnce)).isInstanceOf(LostLeaseException.class);
        assertThat(secret()).isEqualTo(before);
        job.runOnce();
        assertThat(secret()).isNotEqualTo(before);
    }

    /// Else a pass would end as if all had been seen to.
    @Test
    void a_turn_that_is_over_is_no_failure_of_a_row() {
        var job = new Sweep(Duration.ofHours(1));
        var lease = here.take(job).orElseThrow();
        metadata.transact(tx -> tx.leases().take(lease.name(), "here", Duration.ofHours(1)));
        var failures = new Failures();
        var writes = new Writes(new Fenced(metadata), failures);

        assertThatThrownBy(() -> Fenced.by(lease, () -> writes.each(List.of("row"), (tx, row) -> {})))
                .isInstanceOf(LostLeaseException.class);
        assertThatThrownBy(() -> failures.attempt("row", () -> {
                    throw new LostLeaseException(lease);
                }))
                .isInstanceOf(LostLeaseException.class);
        assertThat(failures.count()).isZero();
    }

    private byte[] secret() {
        return metadata.read(tx -> tx.accessKeys().secret("tokens")).orElseThrow();
    }

    @Test
    void what_runs_by_no_lease_is_not_held_up() {
        assertThat(new Fenced(metadata).<Boolean>transact(tx -> true)).isTrue();
    }

    private static boolean created(MetadataStore store, Lease lease) {
        return Fenced.by(
                lease,
                () -> store.transact(tx -> {
                    tx.accounts().create(ACCOUNT, Instant.EPOCH);
                    return true;
                }));
    }
}
