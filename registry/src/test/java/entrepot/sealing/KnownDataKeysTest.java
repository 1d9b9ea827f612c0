package entrepot.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.ClockByHand;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class KnownDataKeysTest {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final ClockByHand clock = new ClockByHand(Instant.EPOCH);
    private final KnownDataKeys known = new KnownDataKeys(LIFETIME, clock);

    @Test
    void a_key_is_known_for_its_time_and_no_longer() {
        known.put(id("a"), new byte[] {1});
        clock.move(LIFETIME.minusMillis(1));
        assertThat(known.find(id("a"))).hasValue(new byte[] {1});

        clock.move(Duration.ofMillis(1));

        assertThat(known.find(id("a"))).isEmpty();
        assertThat(known.size()).isZero();
    }

    @Test
    void asking_for_a_key_does_not_make_it_younger() {
        known.put(id("a"), new byte[] {1});
        clock.move(LIFETIME.dividedBy(2));
        known.find(id("a"));
        clock.move(LIFETIME.dividedBy(2));

        assertThat(known.find(id("a"))).isEmpty();
    }

    @Test
    void what_is_known_is_nobodys_to_change() {
        var plain = new byte[] {1};
        known.put(id("a"), plain);
        plain[0] = 2;
        known.find(id("a")).orElseThrow()[0] = 3;

        assertThat(known.find(id("a"))).hasValue(new byte[] {1});
    }

    @Test
    void nothing_is_known_without_a_time() {
        var forgetful = new KnownDataKeys(Duration.ZERO, clock);
        forgetful.put(id("a"), new byte[] {1});

        assertThat(forgetful.find(id("a"))).isEmpty();
        assertThat(forgetful.size()).isZero();
    }

    @Test
    void the_eldest_goes_when_there_are_too_many() {
        for (int i = 0; i <= KnownDataKeys.MOST; i++) {
            known.put(id("key " + i), new byte[] {1});
        }

        assertThat(known.size()).isEqualTo(KnownDataKeys.MOST);
        assertThat(known.find(id("key 0"))).isEmpty();
        assertThat(known.find(id("key 1"))).isPresent();
    }

    @Test
    void a_data_key_is_known_by_all_that_it_was_unwrapped_with() {
        known.put(new KnownDataKeys.Id("key", "repository", "wrapped"), new byte[] {1});

        assertThat(known.find(new KnownDataKeys.Id("key", "other", "wrapped"))).isEmpty();
        assertThat(known.find(new KnownDataKeys.Id("other", "repository", "wrapped")))
                .isEmpty();
    }

    private static KnownDataKeys.Id id(String wrapped) {
        return new KnownDataKeys.Id("key", "repository", wrapped);
    }
}
