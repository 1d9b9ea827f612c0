package entrepot.auth;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class KnownKeysTest {

    private static final String UNKNOWN = "AKIAAAAAAAAAAAAAAAAA";

    @AutoClose
    private final StoredKeys stored = new StoredKeys();

    private final ClockByHand clock = new ClockByHand(Instant.EPOCH);
    private final KnownKeys keys = new KnownKeys(stored.elsewhere(), clock);

    @Test
    void a_busy_key_is_asked_for_once_a_second() {
        var key = new NewKeys(new SecureRandom()).create(new AccountId("123456789012"), Instant.EPOCH);
        stored.create(key);

        for (var i = 0; i < 100; i++) {
            assertThat(keys.find(key.id())).hasValue(key);
        }

        assertThat(stored.reads()).isEqualTo(1);
        assertThat(keys.principal(key.id())).hasValue(Principal.ofRoot(key.account(), key.id()));
    }

    @Test
    void a_flood_of_one_wrong_key_costs_a_query_a_second() {
        for (var i = 0; i < 1_000; i++) {
            assertThat(keys.find(UNKNOWN)).isEmpty();
            clock.move(Duration.ofMillis(10));
        }

        assertThat(stored.reads()).isEqualTo(10);
    }

    @Test
    void what_is_no_key_id_is_never_asked_for() {
        for (var id : new String[] {"", "AK/A", "A".repeat(129), "AKIA'; DROP TABLE x", "AKIAAAAAAAAAAAAAAAA\n"}) {
            assertThat(keys.find(id)).isEmpty();
        }

        assertThat(stored.reads()).isZero();
    }

    @Test
    void a_deleted_key_dies_and_a_new_one_lives_within_a_second() {
        var key = new NewKeys(new SecureRandom()).create(new AccountId("123456789012"), Instant.EPOCH);
        assertThat(keys.find(key.id())).isEmpty();

        stored.create(key);
        clock.move(Duration.ofSeconds(1));
        assertThat(keys.find(key.id())).hasValue(key);

        stored.delete(key.id());
        clock.move(Duration.ofSeconds(1));
        assertThat(keys.find(key.id())).isEmpty();
    }

    @Test
    void a_change_of_this_process_is_felt_at_once() {
        var here = new KnownKeys(stored, clock);
        var key = new NewKeys(new SecureRandom()).create(new AccountId("123456789012"), Instant.EPOCH);
        assertThat(here.find(key.id())).isEmpty();

        stored.create(key);
        assertThat(here.find(key.id())).hasValue(key);

        stored.setActive(key.id(), false);
        assertThat(here.find(key.id())).isEmpty();
    }

    @Test
    void a_clock_set_back_keeps_no_key_alive() {
        var key = new NewKeys(new SecureRandom()).create(new AccountId("123456789012"), Instant.EPOCH);
        stored.create(key);
        assertThat(keys.find(key.id())).hasValue(key);

        stored.delete(key.id());
        clock.move(Duration.ofHours(-1));

        assertThat(keys.find(key.id())).isEmpty();
    }

    @Test
    void memory_is_bounded() {
        var few = new LeastRecentlyUsed<Integer, Integer>(2);
        few.put(1, 1);
        few.put(2, 2);
        assertThat(few.get(1)).hasValue(1);
        few.put(3, 3);

        assertThat(few.size()).isEqualTo(2);
        assertThat(few.get(2)).isEmpty();
        assertThat(few.get(1)).hasValue(1);
    }
}
